package dev.kedge.orchestrator;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.experiment.ExperimentName;
import dev.kedge.experiment.RecordActivities;
import dev.kedge.experiment.RecordChange;
import dev.kedge.orchestrator.notice.Notices;
import dev.kedge.store.Digest;
import dev.kedge.store.RecordForm;
import dev.kedge.store.Records;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResults;
import dev.kedge.store.StoreException;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Experiment records in the store: {@code experiments/ID}, in the contract's JSON form. A write
 * that loses a race fails, and is tried again by Temporal from a fresh read.
 */
@Singleton
public class ExperimentRecords implements RecordActivities {
  static final String COLLECTION = "experiments";

  private final Projects projects;
  private final Notices notices;

  /** The records of these projects. */
  public ExperimentRecords(Projects projects, Notices notices) {
    this.projects = projects;
    this.notices = notices;
  }

  @Override
  public Experiment load(String name) {
    return RecordChange.essence(parse(find(ExperimentName.parse(name))));
  }

  @Override
  public void save(Experiment change, Timestamp seen) {
    ExperimentName name = ExperimentName.parse(change.getName());
    VersionedRecord record = find(name);
    Experiment before = parse(record);
    Optional<Experiment> changed = changed(before, change, seen);
    changed.ifPresent(
        experiment -> records(name).replace(record.path(), json(experiment), record.version()));
    Experiment standing = changed.orElse(before);
    // Where it was written before, nobody knows whether the writer lived long enough to tell.
    if (changed.isEmpty() || standing.getState() != before.getState()) {
      notices.tell(standing);
    }
    if (standing.getState() == Experiment.State.RUNNING
        && (parks(change) || (goesOn(before) && parks(standing)))) {
      notices.tellParked(standing);
    }
  }

  /** What a stage was parked for while nothing was to go on, people need to know now. */
  private static boolean goesOn(Experiment before) {
    return before.getState() == Experiment.State.PAUSED;
  }

  private static boolean parks(Experiment change) {
    return change.getStagesList().stream()
        .anyMatch(stage -> stage.getState() == Stage.State.PARKED);
  }

  private static Optional<Experiment> changed(
      Experiment before, Experiment change, Timestamp seen) {
    try {
      return RecordChange.apply(before, change, seen);
    } catch (IllegalStateException taken) {
      throw ApplicationFailure.newNonRetryableFailure(taken.getMessage(), RECORD_TAKEN);
    }
  }

  @Override
  public List<String> findLost(String name) {
    ExperimentName experiment = ExperimentName.parse(name);
    StageResults results = projects.open(experiment.project()).results();
    return parse(find(experiment)).getStagesList().stream()
        .filter(stage -> stage.getState() == Stage.State.SUCCEEDED)
        .filter(stage -> !isIntact(results, stage))
        .map(Stage::getId)
        .toList();
  }

  private static boolean isIntact(StageResults results, Stage stage) {
    return results.find(stage.getKey()) instanceof StageLookup.Intact intact
        && intact.result().artifact().equals(Digest.parse(stage.getArtifact()));
  }

  private VersionedRecord find(ExperimentName name) {
    return records(name)
        .find(COLLECTION + "/" + name.id())
        .orElseThrow(
            () ->
                ApplicationFailure.newNonRetryableFailure(
                    "there is no record of %s any more".formatted(name), RECORD_TAKEN));
  }

  private Records records(ExperimentName name) {
    return projects.open(name.project()).records();
  }

  static Experiment parse(VersionedRecord record) {
    var experiment = Experiment.newBuilder();
    try {
      JsonFormat.parser()
          .ignoringUnknownFields()
          .merge(
              new String(
                  RecordForm.TODAY.read(record.bytes(), record.path()), StandardCharsets.UTF_8),
              experiment);
    } catch (InvalidProtocolBufferException broken) {
      throw new StoreException.Corrupt("record %s is broken".formatted(record.path()), broken);
    }
    return experiment.build();
  }

  private static byte[] json(Experiment experiment) {
    try {
      String json = JsonFormat.printer().print(experiment);
      return RecordForm.TODAY.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
