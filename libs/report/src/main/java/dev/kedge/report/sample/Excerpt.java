package dev.kedge.report.sample;

/** A text made short enough to stand in a page: its beginning and its end. */
public final class Excerpt {
  private static final int MOST = 600;
  private static final String LEFT_OUT = " … ";

  private Excerpt() {}

  /** The text without blanks around it, and at most some 600 characters of it. */
  public static String of(String text) {
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
