package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * What was done to committed results: these stages may be made again, and what needs them with
 * them, and nothing else may.
 */
final class Damage {
  private final Queue<Done> all = new ConcurrentLinkedQueue<>();

  /**
   * One object that was spoilt or deleted.
   *
   * @param kind whether it was spoilt or deleted
   * @param object its key in the store
   * @param artifact the result's output, {@code sha256:…}
   * @param stages keys of all stages whose results have it
   */
  record Done(Fault.Kind kind, String project, String object, String artifact, Set<String> stages) {
    /** Whether a message says what is spoilt or gone. */
    boolean isNamedIn(String message) {
      return message.contains(object)
          || message.contains(artifact)
          || stages.stream().anyMatch(message::contains);
    }
  }

  void done(Done damage) {
    all.add(damage);
  }

  /** What was done to a project's results, in order. */
  List<Done> to(String project) {
    return all.stream().filter(one -> one.project().equals(project)).toList();
  }

  /** Whether a stage's result was hurt already. */
  boolean isDone(String project, String stage) {
    return to(project).stream().anyMatch(one -> one.stages().contains(stage));
  }

  /** How often that was done to an object. */
  long times(String object, Fault.Kind kind) {
    return all.stream().filter(one -> one.object().equals(object) && one.kind() == kind).count();
  }

  /**
   * Whether a stage that had succeeded may run again: its result was hurt, or one that it needs.
   *
   * @param keys under which the experiment's stages had succeeded, by their ids
   */
  boolean explains(String project, Experiment experiment, String stage, Map<String, String> keys) {
    return upstream(experiment, stage)
        .map(keys::get)
        .anyMatch(key -> key != null && isDone(project, key));
  }

  private static Stream<String> upstream(Experiment experiment, String stage) {
    return Stream.concat(
        Stream.of(stage),
        experiment.getStagesList().stream()
            .filter(one -> one.getId().equals(stage))
            .map(Stage::getNeedsList)
            .flatMap(List::stream)
            .flatMap(need -> upstream(experiment, need)));
  }
}
