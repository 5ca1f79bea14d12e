package dev.kedge.data.text;

/**
 * Some lines or rows of a file.
 *
 * @param first counted from 1
 * @param end the one after the last; only JSON Lines end before their file does
 */
record LineRange(int first, int end) {
  /** All of them. */
  static final LineRange ALL = from(1);

  /** All from one on. */
  static LineRange from(int first) {
    return new LineRange(first, Integer.MAX_VALUE);
  }
}
