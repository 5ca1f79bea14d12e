package dev.kedge.orchestrator;

import dev.kedge.experiment.ExperimentName;
import dev.kedge.experiment.Experiments;
import dev.kedge.store.Records;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Gives every unfinished record a workflow. Needed after a crash between record and workflow, after
 * a restored backup, and whenever Temporal has forgotten.
 */
@Singleton
public class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final int PAGE = 100;

  private final Projects projects;
  private final Experiments experiments;
  private final StateCounts counts;

  /** A reconciler between a store and a Temporal, which counts what it sees. */
  public Reconciler(Projects projects, Experiments experiments, StateCounts counts) {
    this.projects = projects;
    this.experiments = experiments;
    this.counts = counts;
  }

  /** Looks at every record once. Starting a workflow that runs already changes nothing. */
  public void reconcile() {
    counts.begin();
    projects.names().forEach(project -> reconcile(projects.open(project).records()));
    counts.publish();
  }

  private void reconcile(Records records) {
    String after = "";
    List<VersionedRecord> page;
    do {
      page = records.list(ExperimentRecords.COLLECTION, after, PAGE);
      page.forEach(this::reconcile);
      after = page.isEmpty() ? "" : page.get(page.size() - 1).path();
    } while (!page.isEmpty());
  }

  private void reconcile(VersionedRecord record) {
    try {
      Experiment experiment = ExperimentRecords.parse(record);
      counts.add(experiment);
      if (isUnfinished(experiment)) {
        experiments.start(ExperimentName.parse(experiment.getName()));
      }
    } catch (RuntimeException unfit) {
      LOG.warnf(unfit, "%s has no workflow and cannot be given one now", record.path());
    }
  }

  private static boolean isUnfinished(Experiment experiment) {
    return switch (experiment.getState()) {
      case PENDING, RUNNING -> true;
      // Its stages were still stopping when they were lost sight of.
      case PAUSED ->
          experiment.getStagesList().stream()
              .anyMatch(stage -> stage.getState() == Stage.State.RUNNING);
      default -> false;
    };
  }
}
