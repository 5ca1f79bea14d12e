package dev.kedge.cli.view;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the terminal is, looked at anew now and then, since people change it.
 *
 * <p>The system's {@code stty} is asked, so that no native code is needed.
 */
public final class Screen {
  private static final Size USUAL = new Size(24, 80);
  private static final Duration KEPT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

  private final Supplier<String> stty;
  private Size size = USUAL;
  private long asked;
  private boolean isKnown;

  /**
   * Lines and columns.
   *
   * @param rows how many lines
   * @param columns how many characters a line has
   */
  public record Size(int rows, int columns) {}

  /** The terminal that this process was started at. */
  public Screen() {
    this(Screen::ofTheTerminal);
  }

  /**
   * As something tells.
   *
   * @param stty gives {@code ROWS COLUMNS}, or anything else where there is no terminal
   */
  Screen(Supplier<String> stty) {
    this.stty = stty;
  }

  /** The size; 24 by 80 where nobody can tell. */
  public Size size() {
    long now = System.nanoTime();
    if (!isKnown || now - asked > KEPT.toNanos()) {
      asked = now;
      isKnown = true;
      size = read(stty.get());
    }
    return size;
  }

  private static Size read(String told) {
    Matcher matcher = SIZE.matcher(told);
    if (!matcher.matches()) {
      return USUAL;
    }
    var size = new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    // Some consoles have no size.
    return size.rows() == 0 || size.columns() == 0 ? USUAL : size;
  }

  private static String ofTheTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException noTerminal) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
