package dev.kedge.gateway.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.language.LanguageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a model's folder has the tokenizer that belongs to it. */
final class TokenizerFiles {
  private static final String DEFINITION = "tokenizer.json";
  private static final String VOCABULARY = "vocab.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TokenizerFiles() {}

  static void requireClip(Path folder) {
    definition(folder);
  }

  /**
   * The tokenizer's ids must be rows of the model's token table, and the ids of the tokens that
   * begin and end a text must be among them.
   */
  static void requireLanguage(Path folder, LanguageConfig config) throws IOException {
    Path file = definition(folder);
    Set<Long> ids = ids(file);
    long largest = ids.isEmpty() ? -1 : Collections.max(ids);
    int vocabulary = config.decoder().vocabulary();
    if (largest >= vocabulary) {
      throw new IllegalArgumentException(
          "%s has ids up to %d, but the model has %d tokens: give the model's own tokenizer"
              .formatted(file.getFileName(), largest, vocabulary));
    }
    for (String special : List.of("bos_token_id", "eos_token_id")) {
      JsonNode id = config.json().path(special);
      boolean isToken = id.isIntegralNumber() && id.asLong() >= 0 && id.asLong() < vocabulary;
      if (isToken && !ids.contains(id.asLong())) {
        throw new IllegalArgumentException(
            "config.json has the %s %s, which is no id of %s (it has %d, up to %d): give the model's own tokenizer"
                .formatted(special, id, file.getFileName(), ids.size(), largest));
      }
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

  private static Set<Long> ids(Path file) throws IOException {
    try {
      JsonNode tokenizer = JSON.readTree(file.toFile());
      boolean wordsAlone = file.endsWith(VOCABULARY);
      Set<Long> ids = new HashSet<>();
      long place = 0;
      for (JsonNode id : wordsAlone ? tokenizer : tokenizer.path("model").path("vocab")) {
        // A list of words with their scores gives each its place as id.
        ids.add(id.asLong(place++));
      }
      for (JsonNode added : tokenizer.path("added_tokens")) {
        ids.add(added.path("id").asLong(-1));
      }
      return ids;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file.getFileName() + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
