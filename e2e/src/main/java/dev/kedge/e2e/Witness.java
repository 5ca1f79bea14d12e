package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees an experiment again and again: what it has said must stay true. */
final class Witness {
  private final List<String> lies = new ArrayList<>();
  private final Map<String, Stage> finished = new HashMap<>();
  private boolean succeeded;

  /** Takes in what the experiment says of itself now. */
  void see(Experiment now) {
    String name = now.getName();
    boolean succeeds = now.getState() == Experiment.State.SUCCEEDED;
    if (succeeded && !succeeds) {
      lies.add("%s had succeeded and is %s".formatted(name, now.getState()));
    }
    succeeded = succeeds;
    for (Stage stage : now.getStagesList()) {
      see(stage);
      if (succeeds
          && (stage.getState() != Stage.State.SUCCEEDED || stage.getArtifact().isEmpty())) {
        lies.add("%s succeeded, but %s is %s".formatted(name, stage.getId(), stage.getState()));
      }
    }
  }

  private void see(Stage stage) {
    Stage before = finished.get(stage.getName());
    if (before != null
        && (stage.getState() != Stage.State.SUCCEEDED
            || !stage.getArtifact().equals(before.getArtifact())
            || stage.getAttempts() != before.getAttempts())) {
      lies.add(
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
      finished.put(stage.getName(), stage);
    }
  }

  /** What was said and taken back, or cannot be true. */
  List<String> lies() {
    return lies;
  }
}
