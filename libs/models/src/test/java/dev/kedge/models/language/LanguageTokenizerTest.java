package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageTokenizerTest {
  @TempDir private Path folder;

  @EveryFamily
  void idsAndTextsAreThoseOfThePythonLibrary(String variant) throws IOException {
    Golden golden = Golden.of(getClass(), variant);
    JsonNode expected = golden.json("expected.json");
    List<long[]> prompts = Golden.rows(expected.get("input_ids"));
    List<long[]> answers = Golden.rows(expected.get("continuation_ids_without_special_tokens"));
    List<long[]> wholes = Golden.rows(expected.get("prompt_plus_continuation_tokenised_together"));
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(golden.folder())) {
      for (int i = 0; i < prompts.size(); i++) {
        String prompt = expected.get("prompts").get(i).asText();
        String answer = expected.get("continuations").get(i).asText();
        assertThat(tokenizer.ids(prompt)).isEqualTo(prompts.get(i));
        assertThat(tokenizer.plainIds(answer)).isEqualTo(answers.get(i));
        assertThat(tokenizer.ids(prompt + answer)).isEqualTo(wholes.get(i));
        assertThat(tokenizer.wholeText(prompts.get(i)))
            .isEqualTo(expected.get("decoded").get(i).asText());
      }
      assertThat(tokenizer.end()).hasValue(expected.get("eos_token_id").asLong());
      assertThat(tokenizer.pad()).hasValue(expected.get("pad_token_id").asLong());
    }
  }

  @Test
  void aFolderWithoutATokenizerIsRefused() {
    assertThatThrownBy(() -> LanguageTokenizer.open(folder))
        .hasMessageContaining("has no tokenizer.json");
  }

  @Test
  void aDefinitionThatIsNoneIsRefusedByItsPlace() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{}");

    assertThatThrownBy(() -> LanguageTokenizer.open(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder + " cannot be read");
  }
}
