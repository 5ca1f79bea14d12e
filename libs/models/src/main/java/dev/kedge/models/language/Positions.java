package dev.kedge.models.language;

/** How a model knows where a token stands. */
public sealed interface Positions {
  /**
   * A table of vectors that are added to the tokens'.
   *
   * @param offset row of the first position; the rows before it are never read (OPT has 2)
   */
  record Learned(int offset) implements Positions {}

  /**
   * Queries and keys turned by an angle that grows with the position (Su et al., "RoFormer", 2021).
   *
   * @param theta base of the frequencies {@code theta^(-2i/headWidth)}
   * @param scaling how the frequencies are stretched for long contexts
   */
  record Rotary(double theta, RotaryScaling scaling) implements Positions {
    public Rotary {
      if (!(theta > 0)) {
        throw new IllegalArgumentException("rope_theta must be above 0, not " + theta);
      }
    }

    /** Radians per position, {@code [headWidth / 2]}. */
    float[] frequencies(int headWidth) {
      float[] frequencies = new float[headWidth / 2];
      for (int i = 0; i < frequencies.length; i++) {
        float plain = 1 / (float) Math.pow(theta, 2.0 * i / headWidth);
        frequencies[i] = scaling.scaled(plain);
      }
      return frequencies;
    }
  }
}
