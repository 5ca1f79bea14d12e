package dev.kedge.models.text;

import java.util.Arrays;

/** One text as CLIP's text tower takes it: {@code context} ids, the last of them padding. */
public final class Tokens {
  private final long[] ids;
  private final int length;

  Tokens(long[] ids, int length) {
    this.ids = ids;
    this.length = length;
  }

  /** Token ids {@code [context]}: start, text, end, padding. A copy. */
  public long[] ids() {
    return ids.clone();
  }

  /** How many of the ids belong to the text, start and end token included; the rest is padding. */
  public int length() {
    return length;
  }

  /** {@code [context]}: 1 where an id belongs to the text, 0 where it is padding. */
  public long[] attention() {
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 0, length, 1);
    return mask;
  }
}
