package dev.kedge.data.text;

/**
 * Some lines or rows of a file.
 *
 * @param first counted from 1
 * @param end the one after the last; of a row that has several lines, its first is asked for
 */
record LineRange(int first, int end) {
  /** All of them. */
  static final LineRange ALL = from(1);

  /** All from one on. */
  static LineRange from(int first) {
    return new LineRange(first, Integer.MAX_VALUE);
  }
}
