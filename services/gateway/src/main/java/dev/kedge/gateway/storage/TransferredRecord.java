package dev.kedge.gateway.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.access.Caller;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.plan.Plan;
import dev.kedge.plan.Planner;
import dev.kedge.plan.Resolution;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.RecordForm;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StoreException;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The record of an experiment that goes from one installation to another. */
final class TransferredRecord {
  private TransferredRecord() {}

  /**
   * Refuses an experiment of which a stage is at work, or may begin at any moment: it would go on
   * in both places.
   */
  static void requireAtRest(Experiment experiment) {
    boolean atRest =
        switch (experiment.getState()) {
          case SUCCEEDED, CANCELLED, PAUSED, ATTENTION -> true;
          default -> false;
        };
    if (!atRest
        || experiment.getStagesList().stream()
            .anyMatch(stage -> stage.getState() == Stage.State.RUNNING)) {
      throw Refusal.wrongState(
          "EXPERIMENT_AT_WORK",
          "%s is at work: pause it, or wait for its end, and try again"
              .formatted(experiment.getName()));
    }
  }

  /**
   * The experiment as one of this project, under the same id.
   *
   * @param record as it was kept elsewhere
   */
  static Experiment into(ProjectName project, JsonNode record) {
    Experiment.Builder experiment = Experiment.newBuilder();
    try {
      byte[] today = RecordForm.TODAY.read(CanonicalJson.write(record), "the archive's experiment");
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(new String(today, StandardCharsets.UTF_8), experiment);
    } catch (InvalidProtocolBufferException | StoreException.Corrupt e) {
      throw Refusal.invalid(
          "ARCHIVE_INVALID", "file", "the archive's record is no experiment: " + e.getMessage(), e);
    }
    requireAtRest(experiment.build());
    String origin = experiment.getName();
    ExperimentName name = new ExperimentName(project.project(), ExperimentName.parse(origin).id());
    experiment.setName(name.toString()).setRequestId(UUID.randomUUID().toString());
    experiment
        .getStagesBuilderList()
        .forEach(stage -> stage.setName(name + "/stages/" + stage.getId()));
    requirePlan(experiment.build());
    return experiment
        .addOperations(
            Operation.newBuilder()
                .setTime(Timestamps.now())
                .setActor(Caller.current().name())
                .setAction("import of " + origin))
        .build();
  }

  /** What cannot be planned could never be retried, and its workflow would fail for ever. */
  private static void requirePlan(Experiment experiment) {
    if (experiment.getStagesCount() == 0) {
      return;
    }
    try {
      Plan unused =
          Planner.plan(
              experiment.getDisplayName(), experiment.getSpec(), Resolution.of(experiment));
    } catch (RuntimeException e) {
      throw Refusal.invalid(
          "ARCHIVE_INVALID", "file", "the archive's experiment cannot be planned: " + e, e);
    }
  }

  /** Refuses an experiment of which a result that it says to have is not there. */
  static void requireResults(Experiment experiment, ProjectStore store) {
    for (Stage stage : experiment.getStagesList()) {
      if (stage.getState() == Stage.State.SUCCEEDED
          && !(store.results().find(stage.getKey()) instanceof StageLookup.Intact)) {
        throw Refusal.invalid(
            "ARCHIVE_INVALID",
            "file",
            "the archive lacks the result of the stage %s".formatted(stage.getId()));
      }
    }
  }
}
