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
  private static final String VOCABULARY = "vocab.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFiles() {}

  static void requireClip(Path folder) {
    definition(folder);
  }

  /** The tokenizer's ids must be rows of the model's token table. */
  static void requireLanguage(Path folder, LanguageConfig config) throws IOException {
    Path file = definition(folder);
    long largest = largestId(file);
    int vocabulary = config.decoder().vocabulary();
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          "%s has ids up to %d, but the model has %d tokens: give the model's own tokenizer"
              .formatted(file.getFileName(), largest, vocabulary));
    }
  }

  /** The file that gives the words their ids. */
  private static Path definition(Path folder) {
    if (Files.exists(folder.resolve(DEFINITION))) {
      return folder.resolve(DEFINITION);
    }
    if (Files.exists(folder.resolve(VOCABULARY)) && Files.exists(folder.resolve("merges.txt"))) {
      return folder.resolve(VOCABULARY);
    }
    throw new IllegalArgumentException(
        "the folder has no tokenizer: add tokenizer.json, or vocab.json and merges.txt");
  }

  private static long largestId(Path file) throws IOException {
    try {
      JsonNode tokenizer = JSON.readTree(file.toFile());
      boolean wordsAlone = file.endsWith(VOCABULARY);
      long largest = -1;
      for (JsonNode id : wordsAlone ? tokenizer : tokenizer.path("model").path("vocab")) {
        largest = Math.max(largest, id.asLong(-1));
      }
      for (JsonNode added : tokenizer.path("added_tokens")) {
        largest = Math.max(largest, added.path("id").asLong(-1));
      }
      return largest;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file.getFileName() + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
