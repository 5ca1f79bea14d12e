package dev.kedge.orchestrator;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/**
 * How many experiments there are in each state, and how many stages of those that have not ended,
 * as of the last round through the records. Every orchestrator counts the same records.
 */
@Singleton
public class StateCounts {
  private volatile Count counted = new Count();
  private Count counting = new Count();

  /** Counts before the first round: all zeros. */
  public StateCounts(MeterRegistry registry) {
    for (Experiment.State state :
        EnumSet.range(Experiment.State.PENDING, Experiment.State.PAUSED)) {
      Gauge.builder("kedge.experiments", () -> counted.experiments.getOrDefault(state, 0))
          .description("Experiments by state")
          .tag("state", label(state))
          .register(registry);
    }
    for (Stage.State state : EnumSet.range(Stage.State.WAITING, Stage.State.CANCELLED)) {
      Gauge.builder("kedge.stages", () -> counted.stages.getOrDefault(state, 0))
          .description("Stages of experiments that have not ended, by state")
          .tag("state", label(state))
          .register(registry);
    }
    Gauge.builder("kedge.stages.waiting.for.permit", () -> counted.waitingForPermit)
        .description("Stages that wait because their project has as many at work as it may have")
        .register(registry);
  }

  private static String label(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A round begins, whatever became of the last. */
  void begin() {
    counting = new Count();
  }

  /** Counts one record of the round. */
  void add(Experiment experiment) {
    counting.experiments.merge(experiment.getState(), 1, Integer::sum);
    if (!experiment.hasEndTime()) {
      experiment.getStagesList().forEach(counting::add);
    }
  }

  /** The round is over: what was counted is shown until the next. */
  void publish() {
    counted = counting;
  }

  private static final class Count {
    final Map<Experiment.State, Integer> experiments = new EnumMap<>(Experiment.State.class);
    final Map<Stage.State, Integer> stages = new EnumMap<>(Stage.State.class);
    int waitingForPermit;

    void add(Stage stage) {
      stages.merge(stage.getState(), 1, Integer::sum);
      waitingForPermit += stage.getWaitsForPermit() ? 1 : 0;
    }
  }
}
