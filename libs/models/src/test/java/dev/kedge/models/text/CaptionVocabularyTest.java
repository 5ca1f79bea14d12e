package dev.kedge.models.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionVocabularyTest {
  /** "ab" and "aab", "xyxy" and "yx": words whose merges get in each other's way. */
  private static final List<String> CAPTIONS =
      List.of("an art painting of a Guitar", "a sketch of a dog.", "naïve ab aab xyxy yx yxyx");

  @TempDir Path folder;

  @Test
  void everyWordOfACaptionIsOneToken() {
    CaptionVocabulary.of(CAPTIONS.stream()).writeTo(folder, 16);
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 16)) {
      assertThat(tokenizer.encode("an art painting of a guitar").length()).isEqualTo(8);
      assertThat(tokenizer.encode("A SKETCH of a dog.").length()).isEqualTo(8);
      assertThat(tokenizer.encode("naïve ab aab xyxy yx yxyx").length()).isEqualTo(8);
    }
  }

  @Test
  void everyByteIsStillReachable() {
    CaptionVocabulary.of(CAPTIONS.stream()).writeTo(folder, 64);
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 64)) {
      Tokens tokens = tokenizer.encode("日本🙂");
      assertThat(tokens.length()).isEqualTo(2 + 6 + 4);
      assertThat(tokens.ids()).startsWith(tokenizer.startToken());
      for (int i = 1; i < tokens.length() - 1; i++) {
        assertThat(tokens.ids()[i]).isBetween(0L, 511L);
      }
    }
  }

  @Test
  void bothFormsOfTheFilesGiveTheSameIds() throws Exception {
    CaptionVocabulary vocabulary = CaptionVocabulary.of(CAPTIONS.stream());
    vocabulary.writeTo(folder, 16);
    String text = "a naïve guitar, 3 dogs";
    long[] ready;
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 16)) {
      ready = tokenizer.encode(text).ids();
      assertThat(tokenizer.startToken()).isEqualTo(vocabulary.startToken());
      assertThat(tokenizer.endToken()).isEqualTo(vocabulary.endToken());
    }
    Files.delete(folder.resolve("tokenizer.json"));
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, 16)) {
      assertThat(tokenizer.encode(text).ids()).containsExactly(ready);
    }
  }

  @Test
  void theOrderOfTheCaptionsDoesNotMatter() throws Exception {
    Path reversed = folder.resolve("reversed");
    CaptionVocabulary.of(CAPTIONS.stream()).writeTo(folder, 16);
    CaptionVocabulary.of(Stream.of(CAPTIONS.get(2), CAPTIONS.get(1), CAPTIONS.get(0)))
        .writeTo(reversed, 16);
    assertThat(reversed.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("tokenizer.json"));
  }

  @Test
  void theSizeCountsBytesWordsAndSpecialTokens() {
    assertThat(CaptionVocabulary.of(Stream.of("a b")).size()).isEqualTo(512 + 2);
    assertThat(CaptionVocabulary.of(Stream.of("cat")).size()).isEqualTo(512 + 2 + 2);
  }
}
