package dev.kedge.cli.view;

import dev.kedge.v1.StageLog;
import dev.kedge.v1.WatchExperimentResponse;
import java.io.PrintStream;
import java.util.function.Function;

/**
 * The log lines alone.
 *
 * @param out where lines go
 * @param stage the only stage to show; empty for all
 * @param form how a line is written
 */
public record LogView(PrintStream out, String stage, Function<StageLog, String> form)
    implements WatchView {
  @Override
  public void show(WatchExperimentResponse event) {
    if (event.hasLog() && (stage.isEmpty() || event.getLog().getStage().equals(stage))) {
      out.println(form.apply(event.getLog()));
    }
  }

  /** The line as people read it. */
  public static String line(StageLog log) {
    return "%s  %s  %s  %s"
        .formatted(
            Times.time(log.getTime()), log.getStage(), log.getLevel(), Visible.line(log.getText()));
  }

  @Override
  public void end() {}
}
