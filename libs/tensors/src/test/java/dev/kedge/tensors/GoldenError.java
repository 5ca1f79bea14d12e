package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;

/** The largest difference between what was made and a golden result. */
final class GoldenError {
  private final String name;
  private double largest;
  private String place = "nowhere";

  GoldenError(String name) {
    this.name = name;
  }

  void add(String tensor, float[] actual, float[] expected) {
    assertThat(actual).as(tensor).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) actual[i] - expected[i]);
      if (!(error <= largest)) {
        largest = error;
        place = tensor + "[" + i + "]";
      }
    }
  }

  /** Says how near it is, in one line, and fails if that is not near enough. */
  void assertWithin(double tolerance) {
    System.out.printf("golden: merge %s off by %.1e of %.0e allowed%n", name, largest, tolerance);
    assertThat(largest).as("%s at %s", name, place).isLessThanOrEqualTo(tolerance);
  }
}
