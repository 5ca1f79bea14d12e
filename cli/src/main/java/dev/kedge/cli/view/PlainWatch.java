package dev.kedge.cli.view;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A line for each change of a stage, and now and then one for its progress: for logs and pipes.
 *
 * <p>Events of a stage come before the record that tells of its state, and a stage whose result is
 * there already is at work for a moment as well: a stage is shown at work once it makes progress.
 */
public final class PlainWatch implements WatchView {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(15);

  private final PrintStream out;
  private final Map<String, Stage.State> states = new HashMap<>();
  private final Map<String, Long> lastProgress = new HashMap<>();
  private final Map<String, String> warnings = new HashMap<>();
  private Experiment.State state = Experiment.State.STATE_UNSPECIFIED;

  /** Shows nothing yet. */
  public PlainWatch(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(WatchExperimentResponse event) {
    switch (event.getEventCase()) {
      case EXPERIMENT -> show(event.getExperiment());
      case PROGRESS -> show(event.getProgress());
      case LOG -> {
        if (event.getLog().getLevel().equals("WARNING")) {
          warnings.put(event.getLog().getStage(), event.getLog().getText());
          say(LogView.line(event.getLog()));
        }
      }
      case EVENT_NOT_SET -> {}
    }
  }

  private void show(Experiment experiment) {
    for (Stage stage : experiment.getStagesList()) {
      Stage.State before = states.put(stage.getId(), stage.getState());
      if (before != stage.getState() && isWorthALine(stage)) {
        say(line(stage));
      }
    }
    if (state != experiment.getState()) {
      state = experiment.getState();
      say("%s  %s".formatted(ExperimentView.id(experiment), state));
    }
  }

  private void show(StageProgress progress) {
    if (states.get(progress.getStage()) != Stage.State.RUNNING) {
      return;
    }
    long now = System.nanoTime();
    Long last = lastProgress.get(progress.getStage());
    if (last == null || now - last >= PROGRESS_EVERY.toNanos()) {
      lastProgress.put(progress.getStage(), now);
      say("%s  RUNNING  %s".formatted(progress.getStage(), ProgressText.of(progress)));
    }
  }

  /** Waiting is, for a stage that was seen at work. */
  private boolean isWorthALine(Stage stage) {
    return switch (stage.getState()) {
      case RUNNING -> false;
      case WAITING -> lastProgress.remove(stage.getId()) != null;
      default -> true;
    };
  }

  private String line(Stage stage) {
    String how =
        switch (stage.getState()) {
          case PARKED -> warned(stage) ? "" : ": " + stage.getError().getMessage();
          case SUCCEEDED ->
              stage.getCached() ? " (cached)" : " in " + Times.seconds(stage.getComputeSeconds());
          case WAITING -> " to go on" + waits(stage);
          default -> "";
        };
    return "%s  %s%s".formatted(stage.getId(), stage.getState(), how);
  }

  private static String waits(Stage stage) {
    return stage.getWaitsFor().isEmpty() ? "" : ": " + stage.getWaitsFor();
  }

  /** Whether its last warning was why it is parked. */
  private boolean warned(Stage stage) {
    return warnings.getOrDefault(stage.getId(), "").endsWith(stage.getError().getMessage());
  }

  private void say(String line) {
    out.println(Visible.text(line));
  }

  @Override
  public void outOfSight() {
    say("the gateway does not answer; looking for it");
  }

  @Override
  public void inSightAgain() {
    say("the gateway answers again");
  }

  @Override
  public void end() {}
}
