package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.NewLanguageModel;
import java.io.IOException;
import java.io.RandomAccessFile;
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
        .hasMessageContaining("eos_token_id 2, which is no id of vocab.json (they go up to 1)");
  }

  @Test
  void wordsWithTheirScoresHaveTheirPlacesAsIds() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"version\": {\"id\": 9}, \"added_tokens\": [{\"content\": {\"id\": 8}, \"id\": 0}],"
            + " \"model\": {\"type\": \"Unigram\", \"vocab\": [[\"a\", -1.5], [\"b\", 7], [\"c\", 1]]}}");
    assertThatCode(this::require).doesNotThrowAnyException();
  }

  @Test
  void aTokenizerThatIsTooLargeOrNoJsonIsRefusedByName() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\":");
    assertThatThrownBy(this::require).hasMessageContaining("tokenizer.json is not JSON");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(10L << 30);
    }
    assertThatThrownBy(this::require)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tokenizer.json' has 10,737,418,240 bytes")
        .hasMessageContaining("at most 67,108,864 are read");
  }

  private void require() throws IOException {
    TokenizerFiles.requireLanguage(folder, config);
  }
}
