package dev.kedge.models.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tokenizer's files in a Hugging Face model folder, in either of their two forms. */
record TokenizerFolder(Path folder) {
  /** The content of {@code tokenizer.json}, made from {@code vocab.json} and merges if missing. */
  byte[] definition() {
    Path ready = folder.resolve("tokenizer.json");
    try {
      if (!Files.exists(ready)) {
        return fromVocabulary();
      }
      OutsideJson.VOCABULARY.requireSize(ready);
      return Files.readAllBytes(ready);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the tokenizer in " + folder, e);
    }
  }

  /** The padding token that {@code tokenizer_config.json} names, as a word or as an object. */
  Optional<String> padToken() {
    Path config = folder.resolve("tokenizer_config.json");
    if (!Files.exists(config)) {
      return Optional.empty();
    }
    try {
      JsonNode pad = OutsideJson.SETTINGS.tree(config).path("pad_token");
      return Optional.ofNullable(pad.path("content").asText(pad.textValue()));
    } catch (IOException e) {
      throw new IllegalArgumentException(config + " is not JSON: " + e.getMessage(), e);
    }
  }

  private byte[] fromVocabulary() throws IOException {
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    if (!Files.exists(vocabulary) || !Files.exists(merges)) {
      throw new IllegalArgumentException(
          folder + " holds no tokenizer: it needs tokenizer.json, or vocab.json and merges.txt");
    }
    return new BytePairs(vocabulary(vocabulary), merges(merges)).definition();
  }

  private static Map<String, Integer> vocabulary(Path file) throws IOException {
    JsonNode tree = OutsideJson.VOCABULARY.tree(file);
    Map<String, Integer> ids = new LinkedHashMap<>();
    tree.properties().forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt(-1)));
    ids.forEach(
        (token, id) -> {
          if (id < 0) {
            throw new IllegalArgumentException(file + ": token '" + token + "' has no valid id");
          }
        });
    return ids;
  }

  private static List<Merge> merges(Path file) throws IOException {
    OutsideJson.VOCABULARY.requireSize(file);
    List<Merge> merges = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#version")) {
        merges.add(Merge.parse(line, file));
      }
    }
    return merges;
  }
}
