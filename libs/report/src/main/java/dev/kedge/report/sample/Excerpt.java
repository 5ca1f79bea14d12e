package dev.kedge.report.sample;

/** A text made short enough to stand in a page: its beginning and its end. */
final class Excerpt {
  private static final int MOST = 600;
  private static final String LEFT_OUT = " … ";

  private Excerpt() {}

  static String of(String text) {
    String stripped = text.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length <= MOST) {
      return stripped;
    }
    int half = MOST / 2;
    int head = stripped.offsetByCodePoints(0, half);
    int tail = stripped.offsetByCodePoints(stripped.length(), -half);
    return stripped.substring(0, head).strip() + LEFT_OUT + stripped.substring(tail).strip();
  }
}
