package dev.kedge.models.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against ids that transformers gave for texts with all kinds of Unicode. */
class ClipTokenizerTest {
  private static final int CONTEXT = 32;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gelu_eos", "quick_gelu_legacy"})
  void idsAndAttentionEqualTransformers(String variant) throws Exception {
    JsonNode expected = expected(variant);
    try (ClipTokenizer tokenizer = ClipTokenizer.open(resource(variant), CONTEXT)) {
      assertSameIds(tokenizer, expected, "texts", "input_ids");
      assertSameIds(tokenizer, expected, "prompts_class_major", "prompt_input_ids");
      for (int i = 0; i < expected.get("texts").size(); i++) {
        String text = expected.get("texts").get(i).textValue();
        assertThat(tokenizer.encode(text).attention())
            .as(text)
            .containsExactly(longs(expected.get("attention_mask").get(i)));
        assertThat(tokenizer.encodeWhole(text))
            .as(text)
            .containsExactly(longs(expected.get("input_ids_untruncated").get(i)));
      }
    }
  }

  @Test
  void theSpecialTokensAreRead() throws Exception {
    JsonNode expected = expected("gelu_eos");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(resource("gelu_eos"), CONTEXT)) {
      assertThat(tokenizer.startToken()).isEqualTo(expected.get("bos_token_id").longValue());
      assertThat(tokenizer.endToken()).isEqualTo(expected.get("eos_token_id").longValue());
      assertThat(tokenizer.padToken()).isEqualTo(expected.get("pad_token_id").longValue());
    }
  }

  @Test
  void aVocabularyAndItsMergesAreEnough() throws Exception {
    copy("vocab.json");
    copy("merges.txt");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, CONTEXT)) {
      assertSameIds(tokenizer, expected("quick_gelu_legacy"), "texts", "input_ids");
    }
  }

  @Test
  void paddingFollowsTheFoldersPadToken() throws Exception {
    copy("tokenizer.json");
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"pad_token\": {\"content\": \"!\"}}");
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 8)) {
      Tokens tokens = tokenizer.encode("a photo");
      assertThat(tokens.length()).isEqualTo(4);
      assertThat(tokens.ids()).endsWith(tokenizer.endToken(), 256, 256, 256, 256);
    }
  }

  @Test
  void aFolderWithoutATokenizerSaysWhatIsMissing() {
    assertThatThrownBy(() -> ClipTokenizer.open(folder, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokenizer.json, or vocab.json and merges.txt");
  }

  @Test
  void aBrokenDefinitionIsOneClearError() throws Exception {
    Files.writeString(folder.resolve("tokenizer.json"), "{\"version\": \"1.0\", \"model\": 7}");
    assertThatThrownBy(() -> ClipTokenizer.open(folder, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(folder.toString());
  }

  @Test
  void aVocabularyWithoutSpecialTokensIsNotClip() throws Exception {
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 0}");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n");
    assertThatThrownBy(() -> ClipTokenizer.open(folder, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<|startoftext|>");
  }

  @Test
  void aMalformedMergeIsShown() throws Exception {
    copy("vocab.json");
    Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\na b c\n");
    assertThatThrownBy(() -> ClipTokenizer.open(folder, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a b c'");
  }

  private static void assertSameIds(
      ClipTokenizer tokenizer, JsonNode expected, String texts, String ids) {
    assertThat(expected.get(texts)).isNotEmpty();
    for (int i = 0; i < expected.get(texts).size(); i++) {
      String text = expected.get(texts).get(i).textValue();
      assertThat(tokenizer.encode(text).ids())
          .as(text)
          .containsExactly(longs(expected.get(ids).get(i)));
    }
  }

  private void copy(String file) throws Exception {
    Files.copy(resource("quick_gelu_legacy").resolve(file), folder.resolve(file));
  }

  private static long[] longs(JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).longValue();
    }
    return values;
  }

  private static JsonNode expected(String variant) throws IOException, URISyntaxException {
    return new ObjectMapper().readTree(resource(variant).resolve("expected.json").toFile());
  }

  private static Path resource(String variant) throws URISyntaxException {
    return Path.of(ClipTokenizerTest.class.getResource(variant).toURI());
  }
}
