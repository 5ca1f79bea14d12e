package dev.kedge.orchestrator;

import dev.kedge.experiment.ResultActivities;
import dev.kedge.stage.Commits;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.v1.StageEvent;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Results in the store, looked at as the stage services do. */
@Singleton
public class CommittedResults implements ResultActivities {
  private final Projects projects;

  /** The results of these projects. */
  public CommittedResults(Projects projects) {
    this.projects = projects;
  }

  @Override
  public StageEvent findResult(String project, String key) {
    Optional<CommittedStage> found = new Commits(projects.open(project).results()).find(key);
    return found
        .map(stage -> StageEvent.newBuilder().setResult(stage.answer(true)).build())
        .orElse(StageEvent.getDefaultInstance());
  }
}
