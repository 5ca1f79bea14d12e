package dev.kedge.models.language;

/**
 * The feed-forward half of a layer: {@code down(a(up(x)))}, or {@code down(a(gate(x)) * up(x))}.
 *
 * @param inner width between its two maps
 * @param activation a
 * @param gated whether there is a gate
 * @param bias whether its maps have biases
 */
public record FeedForward(int inner, Activation activation, boolean gated, boolean bias) {
  public FeedForward {
    Positive.require("inner width of the feed-forward layers", inner);
  }
}
