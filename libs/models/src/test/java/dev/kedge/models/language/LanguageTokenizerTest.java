package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(golden.folder());
        WholeTexts texts = new WholeTexts(golden.folder())) {
      for (int i = 0; i < prompts.size(); i++) {
        String prompt = expected.get("prompts").get(i).asText();
        String answer = expected.get("continuations").get(i).asText();
        assertThat(tokenizer.ids(prompt)).isEqualTo(prompts.get(i));
        assertThat(tokenizer.plainIds(answer)).isEqualTo(answers.get(i));
        assertThat(tokenizer.ids(prompt + answer)).isEqualTo(wholes.get(i));
        assertThat(texts.of(prompts.get(i))).isEqualTo(expected.get("decoded").get(i).asText());
      }
      assertThat(tokenizer.end()).hasValue(expected.get("eos_token_id").asLong());
      assertThat(tokenizer.pad()).hasValue(expected.get("pad_token_id").asLong());
    }
  }

  @Test
  void aFolderWithoutATokenizerIsRefused() {
    assertThatThrownBy(() -> LanguageTokenizer.open(folder))
        .hasMessageContaining("has no tokenizer: it needs tokenizer.json, or vocab.json");
  }

  @Test
  void aDefinitionThatIsNoneIsRefusedByItsPlace() throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), "{}");

    assertThatThrownBy(() -> LanguageTokenizer.open(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder + " cannot be read");
  }

  @Test
  void theFirstFormOfAFolderCutsTextsAsTheOtherDoes() throws IOException {
    for (String variant : List.of("opt", "gpt2")) {
      Golden golden = Golden.of(getClass(), variant);
      Path first = Files.createDirectories(folder.resolve(variant));
      JsonNode model = golden.json("tokenizer.json").get("model");
      Files.writeString(first.resolve("vocab.json"), model.get("vocab").toString());
      StringBuilder merges = new StringBuilder("#version: 0.2\n");
      model
          .get("merges")
          .forEach(
              pair ->
                  merges
                      .append(pair.get(0).asText())
                      .append(' ')
                      .append(pair.get(1).asText())
                      .append('\n'));
      Files.writeString(first.resolve("merges.txt"), merges);
      ObjectNode config = (ObjectNode) golden.json("tokenizer_config.json");
      config.put("add_bos_token", variant.equals("opt"));
      Files.writeString(first.resolve("tokenizer_config.json"), config.toString());
      JsonNode expected = golden.json("expected.json");
      List<long[]> wanted = Golden.rows(expected.get("input_ids"));
      try (LanguageTokenizer tokenizer = LanguageTokenizer.open(first);
          WholeTexts texts = new WholeTexts(first)) {
        for (int i = 0; i < wanted.size(); i++) {
          String prompt = expected.get("prompts").get(i).asText();
          assertThat(tokenizer.ids(prompt)).as(variant).isEqualTo(wanted.get(i));
          assertThat(texts.of(wanted.get(i))).isEqualTo(expected.get("decoded").get(i).asText());
        }
      }
    }
  }
}
