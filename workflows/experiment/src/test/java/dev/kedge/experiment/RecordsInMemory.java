package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Records that a test can look into and lose results of. */
final class RecordsInMemory implements RecordActivities {
  private final Map<String, Experiment> records = new ConcurrentHashMap<>();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> beforeVerifications = new ConcurrentLinkedQueue<>();

  private final AtomicInteger loads = new AtomicInteger();

  /** How often a record was read: once by each run of a workflow. */
  int loads() {
    return loads.get();
  }

  void create(Experiment record) {
    records.put(record.getName(), record);
  }

  Experiment get(ExperimentName name) {
    return records.get(name.toString());
  }

  /** The record, where there is one alone. */
  Experiment only() {
    return records.values().iterator().next();
  }

  Stage stage(ExperimentName name, String id) {
    return get(name).getStagesList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElse(Stage.getDefaultInstance());
  }

  /** As if the record had been begun before plans had this stage. */
  void forget(ExperimentName name, String stage) {
    Experiment.Builder older = get(name).toBuilder().clearStages();
    get(name).getStagesList().stream()
        .filter(row -> !row.getId().equals(stage))
        .forEach(older::addStages);
    create(older.build());
  }

  /**
   * The next verification finds the stage's result missing; called again, so does the one after.
   */
  void lose(String stage) {
    lost.add(stage);
  }

  /** Happens while the workflow waits for its next verification. */
  void whileVerifying(Runnable event) {
    beforeVerifications.add(event);
  }

  @Override
  public Experiment load(String name) {
    loads.incrementAndGet();
    return RecordChange.essence(records.get(name));
  }

  @Override
  public synchronized void save(Experiment change, Timestamp seen) {
    try {
      RecordChange.apply(records.get(change.getName()), change, seen).ifPresent(this::create);
    } catch (IllegalStateException taken) {
      throw ApplicationFailure.newNonRetryableFailure(taken.getMessage(), RECORD_TAKEN);
    }
  }

  @Override
  public List<String> findLost(String name) {
    Runnable event = beforeVerifications.poll();
    if (event != null) {
      event.run();
    }
    return Stream.ofNullable(lost.poll()).toList();
  }
}
