package dev.kedge.cli.view;

import dev.kedge.v1.WatchExperimentResponse;
import java.io.PrintStream;

/**
 * One event on each line.
 *
 * @param out where lines go
 */
public record JsonWatch(PrintStream out) implements WatchView {
  @Override
  public void show(WatchExperimentResponse event) {
    out.println(Json.line(event));
  }

  @Override
  public void end() {}
}
