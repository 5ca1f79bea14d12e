package dev.kedge.compute;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of the GPU.
 *
 * @param description by nvidia-smi, where that is there
 * @param memory bytes, as configured or as described
 */
record CardFacts(Optional<GraphicsCard> description, OptionalLong memory) {
  static final CardFacts UNKNOWN = new CardFacts(Optional.empty(), OptionalLong.empty());

  /** What the bits of results may depend on, by name. */
  Map<String, String> values() {
    return description
        .map(card -> Map.of("card", card.name(), "driver", card.driver()))
        .orElse(Map.of("card", "unknown"));
  }
}
