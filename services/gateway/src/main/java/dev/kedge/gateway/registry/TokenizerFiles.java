package dev.kedge.gateway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.language.LanguageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a model's folder has the tokenizer that belongs to it. */
final class TokenizerFiles {
  private static final String DEFINITION = "tokenizer.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFiles() {}

  static void requireClip(Path folder) {
    boolean parts =
        Files.exists(folder.resolve("vocab.json")) && Files.exists(folder.resolve("merges.txt"));
    if (!Files.exists(folder.resolve(DEFINITION)) && !parts) {
      throw new IllegalArgumentException(
          "the folder has no tokenizer: add tokenizer.json, or vocab.json and merges.txt");
    }
  }

  /** The tokenizer's ids must be rows of the model's token table. */
  static void requireLanguage(Path folder, LanguageConfig config) throws IOException {
    Path file = folder.resolve(DEFINITION);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "the folder has no tokenizer: add tokenizer.json, which a recent transformers saves");
    }
    long largest = largestId(file);
    int vocabulary = config.decoder().vocabulary();
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          "tokenizer.json has ids up to %d, but the model has %d tokens: give the model's own tokenizer"
              .formatted(largest, vocabulary));
    }
  }

  private static long largestId(Path file) throws IOException {
    try {
      JsonNode tokenizer = JSON.readTree(file.toFile());
      long largest = -1;
      for (JsonNode id : tokenizer.path("model").path("vocab")) {
        largest = Math.max(largest, id.asLong(-1));
      }
      for (JsonNode added : tokenizer.path("added_tokens")) {
        largest = Math.max(largest, added.path("id").asLong(-1));
      }
      return largest;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "tokenizer.json is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
