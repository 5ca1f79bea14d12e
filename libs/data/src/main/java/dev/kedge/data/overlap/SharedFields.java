package dev.kedge.data.overlap;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Where a test and another set do not read the same fields: samples of the test that say the same
 * as one of the other set in the fields that both read.
 */
final class SharedFields {
  /** What more samples of a set say is a form of words, and tells no two of them apart. */
  private static final int FORM = 32;

  private static final int NONE_FOUND = -1;
  private static final long ODD = 0x9E3779B97F4A7C15L;

  /** No field, or the same ones. */
  static final SharedFields NONE = new SharedFields(true, new int[0]);

  private final boolean isWhole;
  private final int[] partners;

  private SharedFields(boolean isWhole, int[] partners) {
    this.isWhole = isWhole;
    this.partners = partners;
  }

  /**
   * Compares texts of the fields that both read.
   *
   * @param isWhole whether these are all that the test reads: the other set then has all it shows
   * @param tested 64 bits of each text of the test; 0 of those that may be the same by chance
   * @param others the same of the other set
   */
  static SharedFields of(boolean isWhole, long[] tested, long[] others) {
    long[] all = Arrays.copyOf(others, others.length + tested.length);
    System.arraycopy(tested, 0, all, others.length, tested.length);
    for (int i = 0; i < all.length; i++) {
      all[i] = all[i] == 0 ? i * ODD : all[i];
    }
    Copies copies = Copies.of(all);
    int[] partners = new int[tested.length];
    for (int i = 0; i < tested.length; i++) {
      int[] same =
          copies
              .all(others.length + i)
              .takeWhile(one -> one < others.length)
              .limit(FORM + 1)
              .toArray();
      boolean isForm = !isWhole && same.length > FORM;
      partners[i] = same.length == 0 || isForm ? NONE_FOUND : same[0];
    }
    return new SharedFields(isWhole, partners);
  }

  /** A place in the other set that has all that a sample of the test shows. */
  OptionalInt whole(int place) {
    return isWhole ? partner(place) : OptionalInt.empty();
  }

  /** A place in the other set that says in part what a sample of the test does. */
  OptionalInt part(int place) {
    return isWhole ? OptionalInt.empty() : partner(place);
  }

  private OptionalInt partner(int place) {
    return place < partners.length && partners[place] != NONE_FOUND
        ? OptionalInt.of(partners[place])
        : OptionalInt.empty();
  }
}
