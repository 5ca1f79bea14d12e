package dev.kedge.cli.view;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours, where somebody looks on who wants them. */
public final class Paint {
  /** Text as it is. */
  public static final Paint NONE = new Paint(Ansi.OFF);

  private final Ansi ansi;

  /** As the terminal and {@code NO_COLOR} have it. */
  public Paint(Ansi ansi) {
    this.ansi = ansi;
  }

  /** What is to be seen first. */
  String strong(String text) {
    return painted(text, Style.bold);
  }

  /** What is recommended. */
  String good(String text) {
    return painted(text, Style.bold, Style.fg_green);
  }

  /** What waits for somebody. */
  String bad(String text) {
    return painted(text, Style.bold, Style.fg_red);
  }

  /** What can wait. */
  String quiet(String text) {
    return painted(text, Style.faint);
  }

  private String painted(String text, Style... styles) {
    return ansi.enabled() && !text.isEmpty() ? Style.on(styles) + text + Style.reset.on() : text;
  }
}
