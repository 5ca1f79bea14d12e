package dev.kedge.models.language;

/** Sizes that must be above 0. */
final class Positive {
  private Positive() {}

  static void require(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("the " + what + " must be above 0, not " + value);
    }
  }
}
