package dev.kedge.gateway.experiments;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.NextTry;
import dev.kedge.v1.Stage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What each stage that waits waits for, as far as the experiment's record knows. */
public final class Waiting {
  /** The first of these that holds is what a stage waits for. */
  public enum Cause {
    /** Its experiment is paused. */
    PAUSE,
    /** A stage that it needs, itself or by others, is parked: for people. */
    PARKED_STAGE,
    /** What comes before it is not over. */
    STAGES,
    /** One of its project's permits. */
    PERMIT,
    /** Its experiment has not begun. */
    ORCHESTRATOR,
    /** A worker that has a slot, or the time of its next try. */
    WORKER
  }

  /** Of several stages that are waited for, so many are named. */
  private static final int MOST_NAMED = 2;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final Experiment.State state;
  private final Timestamp now;
  private final Set<String> over = new HashSet<>();

  /** Stages that nothing but people can bring about, and the parked one that each waits for. */
  private final Map<String, String> stuck = new HashMap<>();

  private Waiting(Experiment experiment, Timestamp now) {
    this.state = experiment.getState();
    this.now = now;
    // In the plan's order: what a stage needs comes before it.
    experiment.getStagesList().forEach(this::see);
  }

  /** In an experiment as it is now. */
  public static Waiting in(Experiment experiment) {
    return new Waiting(experiment, Timestamps.now());
  }

  /** The experiment, its waiting stages with what they wait for. */
  static Experiment told(Experiment experiment) {
    return told(experiment, Timestamps.now());
  }

  static Experiment told(Experiment experiment, Timestamp now) {
    var waiting = new Waiting(experiment, now);
    Experiment.Builder told = experiment.toBuilder();
    for (int i = 0; i < experiment.getStagesCount(); i++) {
      Stage stage = experiment.getStages(i);
      String words = waiting.words(stage);
      if (!words.equals(stage.getWaitsFor())) {
        told.getStagesBuilder(i).setWaitsFor(words);
      }
    }
    return told.build();
  }

  private void see(Stage stage) {
    switch (stage.getState()) {
      case SUCCEEDED, SKIPPED -> over.add(stage.getId());
      case PARKED -> stuck.put(stage.getId(), stage.getId());
      default ->
          before(stage)
              .filter(stuck::containsKey)
              .findFirst()
              .ifPresent(need -> stuck.put(stage.getId(), stuck.get(need)));
    }
  }

  private static Stream<String> before(Stage stage) {
    return Stream.concat(stage.getNeedsList().stream(), stage.getAfterList().stream());
  }

  /** What a stage of the experiment waits for; nothing where it does not wait. */
  public Optional<Cause> cause(Stage stage) {
    if (stage.getState() != Stage.State.WAITING) {
      return Optional.empty();
    }
    if (state == Experiment.State.PAUSED) {
      return Optional.of(Cause.PAUSE);
    }
    if (stuck.containsKey(stage.getId())) {
      return Optional.of(Cause.PARKED_STAGE);
    }
    if (open(stage).findAny().isPresent()) {
      return Optional.of(Cause.STAGES);
    }
    if (stage.getWaitsForPermit()) {
      return Optional.of(Cause.PERMIT);
    }
    return Optional.of(state == Experiment.State.PENDING ? Cause.ORCHESTRATOR : Cause.WORKER);
  }

  private Stream<String> open(Stage stage) {
    return before(stage).filter(need -> !over.contains(need)).distinct();
  }

  private String words(Stage stage) {
    return cause(stage).map(cause -> words(stage, cause)).orElse("");
  }

  private String words(Stage stage, Cause cause) {
    return switch (cause) {
      case PAUSE -> "waits while its experiment is paused";
      case PARKED_STAGE -> "waits for %s, which is parked".formatted(stuck.get(stage.getId()));
      case STAGES -> "waits for " + named(open(stage).toList());
      case PERMIT -> "waits for one of its project's permits";
      case ORCHESTRATOR -> "waits for an orchestrator";
      case WORKER -> next(stage.getKind(), stage.getNextTry());
    };
  }

  private static String named(List<String> stages) {
    String first = String.join(", ", stages.subList(0, Math.min(MOST_NAMED, stages.size())));
    int more = stages.size() - MOST_NAMED;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  private String next(String kind, NextTry next) {
    String why = next.hasAfter() ? " after " + next.getAfter().getReason() : "";
    if (Timestamps.compare(next.getTime(), now) <= 0) {
      return "waits for a worker of %s%s".formatted(kind, why);
    }
    Instant time = Instant.ofEpochSecond(next.getTime().getSeconds());
    return "waits until %s%s"
        .formatted(
            TIME.format(time), next.hasAfter() ? why : ", since another service works on it");
  }
}
