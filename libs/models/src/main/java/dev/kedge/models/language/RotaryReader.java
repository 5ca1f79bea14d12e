package dev.kedge.models.language;

/**
 * Rotary positions as they are written since transformers 5 ({@code rope_parameters}) and before
 * ({@code rope_theta} and {@code rope_scaling}).
 */
final class RotaryReader {
  /** What the first Llamas mean, whose files do not state it. */
  private static final double FIRST_THETA = 10_000;

  private RotaryReader() {}

  static Positions.Rotary read(Settings settings) {
    if (settings.has("rope_parameters")) {
      Settings section = settings.section("rope_parameters");
      return new Positions.Rotary(section.number("rope_theta"), scaling(section));
    }
    return new Positions.Rotary(
        settings.number("rope_theta", FIRST_THETA), scaling(settings.section("rope_scaling")));
  }

  private static RotaryScaling scaling(Settings section) {
    String type = section.text("rope_type", section.text("type", "default"));
    return switch (type) {
      case "default" -> new RotaryScaling.None();
      case "linear" -> new RotaryScaling.Linear(section.number("factor"));
      case "llama3" ->
          new RotaryScaling.Llama3(
              section.number("factor"),
              section.number("low_freq_factor"),
              section.number("high_freq_factor"),
              section.integer("original_max_position_embeddings"));
      default ->
          throw new IllegalArgumentException(
              "rope_type '" + type + "' is not known; known are default, linear and llama3");
    };
  }
}
