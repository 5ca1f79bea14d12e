package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees an experiment again and again: what it has said must stay true, but for what was hurt after
 * it was said, and even that must come to the same in the end.
 */
final class StatusMonitor {
  private final List<String> contradictions = new ArrayList<>();
  private final Map<String, Stage> finished = new HashMap<>();
  private final String project;
  private final Damage damage;
  private boolean succeeded;

  /**
   * Has seen nothing yet.
   *
   * @param damage what may make a stage of the project run again
   */
  StatusMonitor(String project, Damage damage) {
    this.project = project;
    this.damage = damage;
  }

  /** Takes in what the experiment says of itself now. */
  void see(Experiment now) {
    String name = now.getName();
    boolean succeeds = now.getState() == Experiment.State.SUCCEEDED;
    if (succeeded && !succeeds) {
      contradictions.add("%s had succeeded and is %s".formatted(name, now.getState()));
    }
    succeeded = succeeds;
    for (Stage stage : now.getStagesList()) {
      see(now, stage);
      if (succeeds
          && (stage.getState() != Stage.State.SUCCEEDED || stage.getArtifact().isEmpty())) {
        contradictions.add(
            "%s succeeded, but %s is %s".formatted(name, stage.getId(), stage.getState()));
      }
    }
  }

  private void see(Experiment now, Stage stage) {
    Stage before = finished.get(stage.getId());
    if (before != null && isTakenBack(before, stage) && !mayRunAgain(now, before, stage)) {
      contradictions.add(
          "%s had succeeded with %s in attempt %d, and is %s with %s in attempt %d"
              .formatted(
                  stage.getName(),
                  before.getArtifact(),
                  before.getAttempts(),
                  stage.getState(),
                  stage.getArtifact(),
                  stage.getAttempts()));
    }
    if (stage.getState() == Stage.State.SUCCEEDED) {
      finished.put(stage.getId(), stage);
    }
  }

  private static boolean isTakenBack(Stage before, Stage stage) {
    return stage.getState() != Stage.State.SUCCEEDED
        || !stage.getArtifact().equals(before.getArtifact())
        || stage.getAttempts() != before.getAttempts();
  }

  /** Whether something was hurt that it needs, and it does not come to anything else. */
  private boolean mayRunAgain(Experiment now, Stage before, Stage stage) {
    boolean isEqual =
        stage.getState() != Stage.State.SUCCEEDED
            || stage.getArtifact().equals(before.getArtifact());
    Map<String, String> keys = new HashMap<>();
    finished.forEach((id, known) -> keys.put(id, known.getKey()));
    return isEqual && damage.explains(project, now, stage.getId(), keys);
  }

  /** What was said and taken back, or cannot be true. */
  List<String> contradictions() {
    return contradictions;
  }
}
