package dev.kedge.cli.transfer;

import dev.kedge.cli.view.Visible;
import java.io.PrintStream;
import java.time.Duration;

/** How far a transfer is, drawn on one line of a terminal once it takes longer than a moment. */
public final class ProgressBar implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofMillis(200);
  private static final int WIDTH = 30;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean interactive;
  private long total;
  private long next = System.nanoTime() + MOMENT.toNanos();
  private boolean drawn;
  private String title = "";
  private long done;

  /** Draws on {@code out}, where somebody looks on; {@code total} is in bytes. */
  public ProgressBar(PrintStream out, boolean interactive, long total) {
    this.out = out;
    this.interactive = interactive;
    this.total = total;
  }

  /** For work whose size is told later. */
  public ProgressBar(PrintStream out, boolean interactive) {
    this(out, interactive, 0);
  }

  /** So many bytes of {@code of} are done. */
  public void at(long bytes, long of) {
    total = of;
    advance(bytes - done);
  }

  /** What is under way. */
  public void title(String text) {
    title = text;
  }

  /** So many more bytes are done. */
  public void advance(long bytes) {
    done += bytes;
    if (interactive && System.nanoTime() - next >= 0) {
      next = System.nanoTime() + REFRESH.toNanos();
      drawn = true;
      out.print(CLEAR + line());
      out.flush();
    }
  }

  String line() {
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    int filled = (int) (share * WIDTH);
    return "%s%s %3.0f%%  %,d of %,d MB  %s"
        .formatted(
            "█".repeat(filled),
            "░".repeat(WIDTH - filled),
            100 * share,
            mb(done),
            mb(total),
            Visible.line(title));
  }

  @Override
  public void close() {
    if (drawn) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private static long mb(long bytes) {
    return Math.round(bytes / 1e6);
  }
}
