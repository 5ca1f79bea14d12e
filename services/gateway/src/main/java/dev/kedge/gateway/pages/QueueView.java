package dev.kedge.gateway.pages;

import static dev.kedge.gateway.experiments.Waiting.Cause.ORCHESTRATOR;
import static dev.kedge.gateway.experiments.Waiting.Cause.PARKED_STAGE;
import static dev.kedge.gateway.experiments.Waiting.Cause.PAUSE;
import static dev.kedge.gateway.experiments.Waiting.Cause.PERMIT;
import static dev.kedge.gateway.experiments.Waiting.Cause.STAGES;
import static dev.kedge.gateway.experiments.Waiting.Cause.WORKER;

import dev.kedge.gateway.experiments.Waiting;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a project has to do, as its experiments' records have it.
 *
 * @param experiments how many are not over
 * @param lanes kind by kind
 * @param shown stages at work and parked ones, at most {@value #MOST}
 * @param hidden how many more of these there are
 */
public record QueueView(int experiments, List<Lane> lanes, List<Entry> shown, int hidden) {
  private static final int MOST = 100;

  /**
   * The stages of a kind.
   *
   * @param running at work
   * @param ready could begin: they wait for a worker's slot
   * @param permits wait for one of the project's permits
   * @param held belong to an experiment that is paused
   * @param waiting wait for what they need
   * @param parked wait for people
   */
  public record Lane(
      String kind, int running, int ready, int permits, int held, int waiting, int parked) {
    private Lane with(Lane other) {
      return new Lane(
          kind,
          running + other.running,
          ready + other.ready,
          permits + other.permits,
          held + other.held,
          waiting + other.waiting,
          parked + other.parked);
    }

    boolean isEmpty() {
      return running + ready + permits + held + waiting + parked == 0;
    }
  }

  /**
   * A stage with the experiment that it belongs to.
   *
   * @param title the experiment's
   * @param path the experiment's
   */
  public record Entry(String title, String path, StageView stage) {}

  static QueueView of(List<Experiment> experiments) {
    List<Experiment> open = experiments.stream().filter(QueueView::isOpen).toList();
    Map<String, Lane> lanes = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Experiment experiment : open) {
      ExperimentView view = ExperimentView.of(experiment);
      Waiting waiting = Waiting.in(experiment);
      for (StageView stage : view.stages()) {
        lanes.merge(stage.stage().getKind(), lane(stage.stage(), waiting), Lane::with);
        if (isShown(stage.stage())) {
          entries.add(new Entry(view.title(), view.path(), stage));
        }
      }
    }
    entries.sort(Comparator.comparing(entry -> !entry.stage().isParked()));
    return new QueueView(
        open.size(),
        lanes.values().stream().filter(lane -> !lane.isEmpty()).toList(),
        entries.stream().limit(MOST).toList(),
        Math.max(0, entries.size() - MOST));
  }

  /** Stages at work. They may be more than there are permits, where these have become fewer. */
  public int running() {
    return lanes.stream().mapToInt(Lane::running).sum();
  }

  /** Stages that could begin. Some of them have a permit: it is had from before the queue on. */
  public int ready() {
    return lanes.stream().mapToInt(Lane::ready).sum();
  }

  /** Stages that wait for a permit. */
  public int unpermitted() {
    return lanes.stream().mapToInt(Lane::permits).sum();
  }

  private static boolean isOpen(Experiment experiment) {
    return switch (experiment.getState()) {
      case PENDING, RUNNING, ATTENTION, PAUSED -> true;
      default -> false;
    };
  }

  private static boolean isShown(Stage stage) {
    return stage.getState() == Stage.State.RUNNING || stage.getState() == Stage.State.PARKED;
  }

  private static Lane lane(Stage stage, Waiting waiting) {
    Optional<Waiting.Cause> cause = waiting.cause(stage);
    return new Lane(
        stage.getKind(),
        count(stage.getState() == Stage.State.RUNNING),
        count(is(cause, ORCHESTRATOR, WORKER)),
        count(is(cause, PERMIT)),
        count(is(cause, PAUSE)),
        count(is(cause, STAGES, PARKED_STAGE)),
        count(stage.getState() == Stage.State.PARKED));
  }

  private static boolean is(Optional<Waiting.Cause> cause, Waiting.Cause... causes) {
    return cause.filter(List.of(causes)::contains).isPresent();
  }

  private static int count(boolean is) {
    return is ? 1 : 0;
  }
}
