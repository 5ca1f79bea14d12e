package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a record takes up a change, and what a workflow needs to see of it. */
public final class RecordChange {
  private RecordChange() {}

  /**
   * The record with the change; empty where the change is in it already.
   *
   * @param seen the {@code update_time} that the change is based on
   * @throws IllegalStateException if somebody else has changed the record since
   */
  public static Optional<Experiment> apply(Experiment record, Experiment change, Timestamp seen) {
    if (record.getUpdateTime().equals(change.getUpdateTime())) {
      return Optional.empty();
    }
    if (!record.getUpdateTime().equals(seen)) {
      throw new IllegalStateException(
          "%s was changed by another workflow: this one gives up".formatted(record.getName()));
    }
    return Optional.of(merge(record, change));
  }

  private static Experiment merge(Experiment record, Experiment change) {
    Experiment.Builder merged =
        record.toBuilder()
            .setState(change.getState())
            .setUpdateTime(change.getUpdateTime())
            .addAllOperations(change.getOperationsList())
            .clearEndTime()
            .clearPauseCause()
            .clearStages();
    if (change.hasEndTime()) {
      merged.setEndTime(change.getEndTime());
    }
    if (change.hasAllowance()) {
      merged.setAllowance(change.getAllowance());
    }
    if (change.hasPauseCause()) {
      merged.setPauseCause(change.getPauseCause());
    }
    Map<String, Stage> stages = new LinkedHashMap<>();
    record.getStagesList().forEach(stage -> stages.put(stage.getId(), stage));
    change.getStagesList().forEach(stage -> stages.put(stage.getId(), stage));
    return merged.addAllStages(stages.values()).build();
  }

  /** The record without what the plan tells too, without history and measurements. */
  public static Experiment essence(Experiment record) {
    Experiment.Builder essence = record.toBuilder().clearOperations();
    essence
        .getStagesBuilderList()
        .forEach(stage -> stage.clearName().clearKind().clearNeeds().clearAfter().clearMetrics());
    return essence.build();
  }
}
