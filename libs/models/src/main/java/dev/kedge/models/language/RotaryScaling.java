package dev.kedge.models.language;

/** How rotary frequencies are stretched for contexts longer than those first trained on. */
public sealed interface RotaryScaling {
  /** The frequency used in place of the plain one; radians per position. */
  float scaled(float frequency);

  /** As they are. */
  record None() implements RotaryScaling {
    @Override
    public float scaled(float frequency) {
      return frequency;
    }
  }

  /**
   * All divided by one factor: positions are interpolated.
   *
   * @param factor above 0
   */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public float scaled(float frequency) {
      return frequency / (float) factor;
    }
  }

  /**
   * Llama 3.1's: waves longer than {@code context / low} are divided by the factor, those shorter
   * than {@code context / high} stay, between them a blend of both.
   *
   * @param factor above 0
   * @param low {@code low_freq_factor}
   * @param high {@code high_freq_factor}, above {@code low}
   * @param context positions first trained on
   */
  record Llama3(double factor, double low, double high, int context) implements RotaryScaling {
    @Override
    public float scaled(float frequency) {
      double turns = context * frequency / (2 * Math.PI);
      double kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
      return (float) ((1 - kept) * frequency / factor + kept * frequency);
    }
  }
}
