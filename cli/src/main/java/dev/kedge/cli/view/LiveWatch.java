package dev.kedge.cli.view;

import dev.kedge.v1.WatchExperimentResponse;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Draws the board over and over on the same lines of a terminal. */
public final class LiveWatch implements WatchView {
  private static final Duration REFRESH = Duration.ofMillis(100);
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Screen screen;
  private final StageBoard board;
  private int drawn;
  private long next = System.nanoTime();

  /** Draws nothing yet. */
  public LiveWatch(PrintStream out, Screen screen, Paint paint) {
    this.out = out;
    this.screen = screen;
    board = new StageBoard(paint);
  }

  @Override
  public void show(WatchExperimentResponse event) {
    board.take(event);
    if (event.hasExperiment() || System.nanoTime() - next >= 0) {
      draw();
    }
  }

  @Override
  public void outOfSight() {
    draw();
    out.println("the gateway does not answer; looking for it");
    drawn++;
  }

  @Override
  public void inSightAgain() {
    draw();
  }

  @Override
  public void end() {
    draw();
  }

  private void draw() {
    // A full line would wrap, and lines that have left the screen cannot be drawn over: one more
    // may come, about the gateway.
    List<String> lines =
        board.lines(screen.size().rows() - 2, Math.max(1, screen.size().columns() - 1));
    String up = drawn == 0 ? "" : "\u001b[%dA".formatted(drawn);
    out.print(up + "\r" + CLEAR_BELOW + String.join("\n", lines) + "\n");
    out.flush();
    drawn = lines.size();
    next = System.nanoTime() + REFRESH.toNanos();
  }
}
