package dev.kedge.models.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A language model's {@code config.json} and what it says.
 *
 * @param family the family, which fixes the tensors' names
 * @param decoder the architecture
 * @param json the file, kept as it is: Kedge reads what it computes and gives on the rest
 */
public record LanguageConfig(LanguageFamily family, Decoder decoder, ObjectNode json) {
  public LanguageConfig {
    json = json.deepCopy();
  }

  /**
   * Reads a configuration, in the form of transformers 5 or of its predecessors.
   *
   * @throws IllegalArgumentException naming the setting, its value and what would be right
   */
  public static LanguageConfig of(JsonNode json) {
    Settings settings = new Settings(json);
    LanguageFamily family = LanguageFamily.of(settings.text("model_type", ""));
    return new LanguageConfig(family, family.read(settings), (ObjectNode) json);
  }

  @Override
  public ObjectNode json() {
    return json.deepCopy();
  }

  /** The same model with a head of its own. */
  public LanguageConfig untied() {
    return of(json().put("tie_word_embeddings", false));
  }
}
