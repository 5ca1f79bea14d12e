package dev.kedge.cli.view;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a running experiment looks like at a glance: its counts, and its stages as a tree. */
final class StageBoard {
  private static final int BAR = 16;
  private static final int WIDEST_LABEL = 48;

  private final Paint paint;
  private final Map<String, StageProgress> progress = new HashMap<>();
  private Experiment experiment = Experiment.getDefaultInstance();

  StageBoard(Paint paint) {
    this.paint = paint;
  }

  void take(WatchExperimentResponse event) {
    if (event.hasExperiment()) {
      forgetFormerAttempts(event.getExperiment());
      experiment = event.getExperiment();
    } else if (event.hasProgress()) {
      progress.put(event.getProgress().getStage(), event.getProgress());
    }
  }

  /**
   * Its record comes after what a stage says in an attempt: waiting is where it has said nothing.
   */
  private void forgetFormerAttempts(Experiment now) {
    Map<String, Stage> before =
        experiment.getStagesList().stream()
            .collect(Collectors.toMap(Stage::getId, Function.identity()));
    for (Stage stage : now.getStagesList()) {
      Stage was = before.getOrDefault(stage.getId(), stage);
      boolean unseen =
          was.getState() != Stage.State.WAITING && was.getAttempts() != stage.getAttempts();
      if (stage.getState() == Stage.State.WAITING || unseen) {
        progress.remove(stage.getId());
      }
    }
  }

  /**
   * The board.
   *
   * @param most how many lines at most
   * @param width longest line
   */
  List<String> lines(int most, int width) {
    // The summary and the line about what is left out.
    int room = Math.max(1, most - 2);
    List<StageTree.Row> rows = new StageTree(experiment.getStagesList()).rows(room);
    List<StageTree.Row> shown =
        rows.size() <= room
            ? rows
            : rows.stream().filter(row -> StageTree.isUrgent(row.first())).limit(room).toList();
    int labels =
        shown.stream()
            .mapToInt(row -> row.branch().length() + row.label().length())
            .filter(length -> length <= WIDEST_LABEL)
            .max()
            .orElse(0);
    List<String> lines = new ArrayList<>();
    lines.add(paint.strong(cut(summary(), width)));
    shown.forEach(row -> lines.add(painted(row, cut(text(row, labels), width))));
    if (shown.size() < rows.size()) {
      lines.add(cut("and %d more lines".formatted(rows.size() - shown.size()), width));
    }
    return lines;
  }

  private static String cut(String text, int width) {
    String line = Visible.line(text);
    return line.substring(0, Math.min(width, line.length()));
  }

  private String painted(StageTree.Row row, String line) {
    return switch (row.first().getState()) {
      case PARKED -> paint.bad(line);
      case RUNNING -> paint.strong(line);
      case SUCCEEDED -> line;
      default -> row.isFolded() ? line : paint.quiet(line);
    };
  }

  private String summary() {
    return "%s  %s  %d of %d stages done%s%s"
        .formatted(
            ExperimentView.id(experiment),
            experiment.getState(),
            done(experiment.getStagesList()),
            experiment.getStagesCount(),
            some("cached", experiment.getStagesList().stream().filter(Stage::getCached).count()),
            some(
                    "waiting for a permit",
                    experiment.getStagesList().stream().filter(Stage::getWaitsForPermit).count())
                + some("parked", count(Stage.State.PARKED))
                + some("skipped", count(Stage.State.SKIPPED)));
  }

  /** As on the dashboard, what was given up has nothing left to do either. */
  private static long done(List<Stage> stages) {
    return count(stages, Stage.State.SUCCEEDED) + count(stages, Stage.State.SKIPPED);
  }

  private long count(Stage.State state) {
    return count(experiment.getStagesList(), state);
  }

  private static long count(List<Stage> stages, Stage.State state) {
    return stages.stream().filter(stage -> stage.getState() == state).count();
  }

  private static String some(String what, long count) {
    return count == 0 ? "" : ", %d %s".formatted(count, what);
  }

  private String text(StageTree.Row row, int labels) {
    String label = row.branch() + row.label();
    String space = " ".repeat(Math.max(0, labels - label.length()));
    String detail = row.isFolded() ? folded(row.stages()) : detail(row.first());
    return (row.branch() + mark(row) + " " + row.label() + space + "  " + detail).stripTrailing();
  }

  /** As on the dashboard. */
  private static String mark(StageTree.Row row) {
    boolean isInOneState =
        row.stages().stream().allMatch(stage -> stage.getState() == row.first().getState());
    if (!isInOneState) {
      return "○";
    }
    return switch (row.first().getState()) {
      case RUNNING -> "●";
      case SUCCEEDED -> "✓";
      case PARKED -> "▲";
      case SKIPPED -> "↷";
      case CANCELLED -> "✕";
      default -> "○";
    };
  }

  private static String folded(List<Stage> stages) {
    long done = done(stages);
    return "%s %d of %d done%s%s"
        .formatted(
            bar(done, stages.size()),
            done,
            stages.size(),
            some("skipped", count(stages, Stage.State.SKIPPED)),
            some("cancelled", count(stages, Stage.State.CANCELLED)));
  }

  private String detail(Stage stage) {
    return switch (stage.getState()) {
      case PARKED -> "parked: " + stage.getError().getMessage();
      case RUNNING -> progress(stage);
      case SUCCEEDED ->
          stage.getCached() ? "cached" : "in " + Times.seconds(stage.getComputeSeconds());
      case WAITING -> stage.getWaitsFor();
      case SKIPPED -> "skipped";
      case CANCELLED -> "cancelled";
      default -> "";
    };
  }

  private String progress(Stage stage) {
    StageProgress known = progress.get(stage.getId());
    return known == null
        ? ""
        : bar(known.getDone(), known.getTotal()) + " " + ProgressText.of(known);
  }

  private static String bar(long done, long total) {
    double share = total == 0 ? 0 : Math.min(1, (double) done / total);
    int filled = (int) (share * BAR);
    return "█".repeat(filled) + "░".repeat(BAR - filled);
  }
}
