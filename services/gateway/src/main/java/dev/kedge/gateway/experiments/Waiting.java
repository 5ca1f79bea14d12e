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
import java.util.Set;
import java.util.stream.Stream;

/** Says of each stage that waits what it waits for, as far as the experiment's record knows. */
final class Waiting {
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

  private String words(Stage stage) {
    if (stage.getState() != Stage.State.WAITING) {
      return "";
    }
    if (state == Experiment.State.PAUSED) {
      return "waits while its experiment is paused";
    }
    if (stuck.containsKey(stage.getId())) {
      return "waits for %s, which is parked".formatted(stuck.get(stage.getId()));
    }
    List<String> open = before(stage).filter(need -> !over.contains(need)).distinct().toList();
    if (!open.isEmpty()) {
      return "waits for " + named(open);
    }
    if (stage.getWaitsForPermit()) {
      return "waits for one of its project's permits";
    }
    return state == Experiment.State.PENDING
        ? "waits for an orchestrator"
        : next(stage.getKind(), stage.getNextTry());
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
