package dev.kedge.models.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How the next token is chosen.
 *
 * @param temperature logits are divided by it before they become probabilities; 0 takes the
 *     likeliest
 * @param topP the likeliest tokens that together reach this probability are drawn from; 1 for all
 *     (Holtzman et al., 2020)
 * @param seed of the draws
 */
public record Decoding(double temperature, double topP, long seed) {
  public Decoding {
    if (!(temperature >= 0)) {
      throw new IllegalArgumentException("the temperature must not be below 0: " + temperature);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("top_p must be above 0 and at most 1, not " + topP);
    }
  }

  /** The likeliest token, the one of the lowest id where several are. */
  public static Decoding greedy() {
    return new Decoding(0, 1, 0);
  }

  /**
   * Chooses.
   *
   * @param sequence number of the sequence, so that others beside it change nothing
   * @param step number of the token in it
   */
  int choose(float[] logits, int sequence, int step) {
    return temperature == 0 ? likeliest(logits) : draw(logits, sequence, step);
  }

  private static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  private int draw(float[] logits, int sequence, int step) {
    double[] weights = weights(logits);
    int[] order =
        IntStream.range(0, weights.length)
            .boxed()
            .sorted(Comparator.comparingDouble(id -> -weights[id]))
            .mapToInt(Integer::intValue)
            .toArray();
    double kept = topP * Arrays.stream(weights).sum();
    double reached = 0;
    int size = 0;
    while (size < order.length && reached < kept) {
      reached += weights[order[size++]];
    }
    SplittableRandom random = new SplittableRandom((seed * 31 + sequence) * 1_000_003 + step);
    double left = random.nextDouble() * reached;
    int place = 0;
    while (place < size - 1 && left >= weights[order[place]]) {
      left -= weights[order[place++]];
    }
    return order[place];
  }

  private double[] weights(float[] logits) {
    float most = logits[likeliest(logits)];
    double[] weights = new double[logits.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((logits[i] - most) / temperature);
    }
    return weights;
  }
}
