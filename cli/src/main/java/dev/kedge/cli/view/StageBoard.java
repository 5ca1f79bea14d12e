package dev.kedge.cli.view;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a running experiment looks like at a glance: its counts, and a row for each stage at work.
 */
final class StageBoard {
  private static final int BAR = 24;

  private final Map<String, StageProgress> progress = new HashMap<>();
  private Experiment experiment = Experiment.getDefaultInstance();

  void take(WatchExperimentResponse event) {
    if (event.hasExperiment()) {
      experiment = event.getExperiment();
    } else if (event.hasProgress()) {
      progress.put(event.getProgress().getStage(), event.getProgress());
    }
  }

  /**
   * The board.
   *
   * @param rows how many stages are shown at most
   * @param width longest line
   */
  List<String> lines(int rows, int width) {
    List<Stage> shown =
        experiment.getStagesList().stream()
            .filter(
                stage ->
                    stage.getState() == Stage.State.RUNNING
                        || stage.getState() == Stage.State.PARKED)
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    shown.stream().limit(rows).map(this::row).forEach(lines::add);
    if (shown.size() > rows) {
      lines.add("  and %d more".formatted(shown.size() - rows));
    }
    return lines.stream().map(line -> line.substring(0, Math.min(width, line.length()))).toList();
  }

  private String summary() {
    return "%s  %s  %d of %d stages done%s%s"
        .formatted(
            ExperimentView.id(experiment),
            experiment.getState(),
            count(Stage.State.SUCCEEDED),
            experiment.getStagesCount(),
            some("cached", experiment.getStagesList().stream().filter(Stage::getCached).count()),
            some(
                    "waiting for a permit",
                    experiment.getStagesList().stream().filter(Stage::getWaitsForPermit).count())
                + some("parked", count(Stage.State.PARKED))
                + some("skipped", count(Stage.State.SKIPPED)));
  }

  private long count(Stage.State state) {
    return experiment.getStagesList().stream().filter(stage -> stage.getState() == state).count();
  }

  private static String some(String what, long count) {
    return count == 0 ? "" : ", %d %s".formatted(count, what);
  }

  private String row(Stage stage) {
    if (stage.getState() == Stage.State.PARKED) {
      return "  %s  parked: %s".formatted(stage.getId(), stage.getError().getMessage());
    }
    StageProgress known = progress.get(stage.getId());
    return known == null
        ? "  %s".formatted(stage.getId())
        : "  %s  %s %s".formatted(bar(known), stage.getId(), ProgressText.of(known));
  }

  private static String bar(StageProgress progress) {
    double share =
        progress.getTotal() == 0
            ? 0
            : Math.min(1, (double) progress.getDone() / progress.getTotal());
    int filled = (int) (share * BAR);
    return "█".repeat(filled) + "░".repeat(BAR - filled);
  }
}
