package dev.kedge.data.overlap;

import dev.kedge.data.Picture;
import dev.kedge.data.PillowResize;
import java.util.stream.IntStream;

/** A picture shrunk to 16 x 16 pixels, whatever its proportions. */
final class Thumbnail {
  private static final int SIDE = 16;

  /** Levels of one colour: what is left are the codec's traces. */
  private static final double PLAIN = 2;

  /** Most levels, root mean square, between two pictures of one colour that show the same. */
  private static final double SAME_COLOUR = 4;

  /** The same of other pictures: what a change of brightness or contrast makes. */
  private static final double SAME_PICTURE = 32;

  /** Least correlation of the levels of two pictures that show the same. */
  static final double LEAST = 0.97;

  private final byte[] rgb;
  private final double mean;
  private final double deviation;

  private Thumbnail(byte[] rgb) {
    this.rgb = rgb;
    mean = IntStream.range(0, rgb.length).map(this::level).average().orElseThrow();
    double squares =
        IntStream.range(0, rgb.length)
            .mapToDouble(i -> (level(i) - mean) * (level(i) - mean))
            .sum();
    deviation = Math.sqrt(squares / rgb.length);
  }

  static Thumbnail of(Picture picture) {
    return new Thumbnail(PillowResize.bicubic(picture, SIDE, SIDE).rgb());
  }

  /** Whether both show the same, but for a little brightness and contrast. */
  boolean isLike(Thumbnail other) {
    if (isPlain() || other.isPlain()) {
      return isPlain() && other.isPlain() && distance(other) <= SAME_COLOUR;
    }
    return correlation(other) >= LEAST && distance(other) <= SAME_PICTURE;
  }

  private boolean isPlain() {
    return deviation < PLAIN;
  }

  /** Pearson's, over all pixels and channels. */
  double correlation(Thumbnail other) {
    double sum = 0;
    for (int i = 0; i < rgb.length; i++) {
      sum += (level(i) - mean) * (other.level(i) - other.mean);
    }
    return sum / rgb.length / (deviation * other.deviation);
  }

  /** Root mean square of the differences in levels. */
  private double distance(Thumbnail other) {
    double squares = 0;
    for (int i = 0; i < rgb.length; i++) {
      double difference = level(i) - other.level(i);
      squares += difference * difference;
    }
    return Math.sqrt(squares / rgb.length);
  }

  private int level(int i) {
    return rgb[i] & 0xFF;
  }
}
