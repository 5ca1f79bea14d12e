package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenVocabularyTest {
  @TempDir private Path folder;

  /** Texts, and what the tokenizers library (0.23.3) learns from them. */
  private static JsonNode golden() throws IOException {
    return Golden.of(TokenVocabularyTest.class, "opt").json("../vocabulary.json");
  }

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    golden().get("texts").forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void theVocabularyIsTheOneTheTokenizersLibraryLearns() throws IOException {
    TokenVocabulary vocabulary = TokenVocabulary.of(texts().stream(), golden().get("size").asInt());

    vocabulary.writeTo(folder, 64);

    JsonNode model =
        new ObjectMapper().readTree(folder.resolve("tokenizer.json").toFile()).get("model");
    List<String> tokens = new ArrayList<>();
    golden().get("tokens").forEach(token -> tokens.add(token.asText()));
    List<String> learnt = new ArrayList<>();
    model.get("vocab").fieldNames().forEachRemaining(learnt::add);
    assertThat(learnt).isEqualTo(tokens);
    assertThat(model.get("merges")).isEqualTo(golden().get("merges"));
    assertThat(vocabulary.size()).isEqualTo(tokens.size());
  }

  @Test
  void theOrderOfTheTextsChangesNothing() throws IOException {
    List<String> reversed = texts();
    Collections.reverse(reversed);
    Path other = folder.resolve("other");

    TokenVocabulary.of(texts().stream(), 300).writeTo(folder, 64);
    TokenVocabulary.of(reversed.stream(), 300).writeTo(other, 64);

    assertThat(other.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(folder.resolve("tokenizer.json"));
  }

  @Test
  void everyTextComesBackAndBeginsWithTheBeginToken() throws IOException {
    TokenVocabulary.of(texts().stream(), 300).writeTo(folder, 64);
    try (LanguageTokenizer tokenizer = LanguageTokenizer.open(folder)) {
      String text = "Grüße, 世界 🙂\n\tnever seen ";
      long[] ids = tokenizer.ids(text);

      assertThat(ids[0]).isEqualTo(TokenVocabulary.BEGIN);
      assertThat(tokenizer.text(ids)).isEqualTo(text);
      assertThat(tokenizer.begin()).hasValue(TokenVocabulary.BEGIN);
      assertThat(tokenizer.end()).hasValue(TokenVocabulary.END);
      assertThat(tokenizer.pad()).hasValue(TokenVocabulary.PAD);
    }
  }

  @Test
  void aVocabularyWithoutRoomForAllBytesIsRefused() {
    assertThatThrownBy(() -> TokenVocabulary.of(Stream.of("text"), 200))
        .hasMessageContaining("a vocabulary of 200 is too small");
  }

  @Test
  void textsWithFewPairsGiveASmallerVocabulary() {
    assertThat(TokenVocabulary.of(Stream.of("ab ab"), 1000).size()).isLessThan(265);
  }
}
