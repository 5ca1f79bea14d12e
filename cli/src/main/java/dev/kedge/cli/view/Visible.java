package dev.kedge.cli.view;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text that others wrote, with its control characters written out as Java and JSON do: none of them
 * steers the terminal of who reads it. JSON stays the same value, since there they stand within
 * texts alone.
 */
public final class Visible {
  /** C0, DEL and C1. */
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

  /** But for line breaks and tabs. */
  private static final Pattern BUT_LAYOUT =
      Pattern.compile("(?!\\r\\n)[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]");

  private Visible() {}

  /** What has one line, for example a title or a cell. */
  public static String line(String text) {
    return CONTROL.matcher(text).replaceAll(Visible::escape);
  }

  /** What may have many: its line breaks stay. */
  public static String text(String text) {
    return BUT_LAYOUT.matcher(text).replaceAll(Visible::escape);
  }

  private static String escape(MatchResult found) {
    char control = found.group().charAt(0);
    // A backslash is doubled in a replacement.
    return switch (control) {
      case '\n' -> "\\\\n";
      case '\r' -> "\\\\r";
      case '\t' -> "\\\\t";
      default -> "\\\\u%04x".formatted((int) control);
    };
  }
}
