package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.NewLanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFilesTest {
  private static final int VOCABULARY = 6;

  private final LanguageConfig config =
      new NewLanguageModel(8, 1, 2, 16, VOCABULARY).of(NewLanguageModel.Kind.GPT2);

  @TempDir private Path folder;

  @Test
  void aVocabularyWithItsMergesIsATokenizer() throws IOException {
    Files.writeString(
        folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 5, \"<s>\": 1, \"</s>\": 2}");
    assertThatThrownBy(this::require).hasMessageContaining("vocab.json and merges.txt");

    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    assertThatCode(this::require).doesNotThrowAnyException();
  }

  @Test
  void idsThatTheModelDoesNotHaveAreNamedWithTheirFile() throws IOException {
    Files.writeString(folder.resolve("merges.txt"), "");
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 6}");
    assertThatThrownBy(this::require).hasMessageContaining("vocab.json has ids up to 6");

    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"vocab\": {\"a\": 1}}, \"added_tokens\": [{\"id\": 7}]}");
    assertThatThrownBy(this::require).hasMessageContaining("tokenizer.json has ids up to 7");
  }

  @Test
  void aModelWhoseEndIsNoTokenOfTheTokenizerHasAForeignOne() throws IOException {
    Files.writeString(folder.resolve("merges.txt"), "");
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0, \"b\": 1}");
    assertThatThrownBy(this::require)
        .hasMessageContaining("eos_token_id 2, which is no id of vocab.json (it has 2, up to 1)");
  }

  private void require() throws IOException {
    TokenizerFiles.requireLanguage(folder, config);
  }
}
