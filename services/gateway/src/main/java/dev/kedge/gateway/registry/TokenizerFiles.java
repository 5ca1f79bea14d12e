package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.language.LanguageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether a model's folder has the tokenizer that belongs to it. */
final class TokenizerFiles {
  private static final String DEFINITION = "tokenizer.json";
  private static final String VOCABULARY = "vocab.json";

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
    Map<String, Long> specials = specials(config);
    TokenIds ids = TokenIds.of(file, file.endsWith(VOCABULARY), Set.copyOf(specials.values()));
    int vocabulary = config.decoder().vocabulary();
    if (ids.largest() >= vocabulary) {
      throw new IllegalArgumentException(
          "%s has ids up to %d, but the model has %d tokens: give the model's own tokenizer"
              .formatted(file.getFileName(), ids.largest(), vocabulary));
    }
    specials.forEach(
        (special, id) -> {
          if (!ids.found().contains(id)) {
            throw new IllegalArgumentException(
                "config.json has the %s %d, which is no id of %s (they go up to %d): give the model's own tokenizer"
                    .formatted(special, id, file.getFileName(), ids.largest()));
          }
        });
  }

  private static Map<String, Long> specials(LanguageConfig config) {
    Map<String, Long> specials = new TreeMap<>();
    for (String special : List.of("bos_token_id", "eos_token_id")) {
      JsonNode id = config.json().path(special);
      if (id.isIntegralNumber()
          && id.asLong() >= 0
          && id.asLong() < config.decoder().vocabulary()) {
        specials.put(special, id.asLong());
      }
    }
    return specials;
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
}
