package dev.kedge.experiment;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Stage;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A Temporal server with workers for workflows, records and stages, all in this process. */
final class Stagehand implements AutoCloseable {
  private static final String SPEC =
      """
      {"base": "models/b",
       "task": {"image_classification": {"train": "datasets/t", "validation_fraction": 0.1}},
       "training": {"epochs": 1, "learning_rate": [1e-5]},
       "methods": [{"id": "full", "full": {}}, {"id": "l2", "l2": {"lambda": [1]}}],
       "evaluations": [{"id": "e", "dataset": "datasets/e", "role": "SPECIALITY"}]}
      """;

  final RecordsInMemory records = new RecordsInMemory();
  final ScriptedStages stages = new ScriptedStages();
  private EmbeddedTemporal server;
  private WorkerFactory workers;
  private WorkflowClient client;

  Stagehand() {
    open();
  }

  private void open() {
    server = EmbeddedTemporal.start();
    client = Temporal.client(server.address(), "default");
    workers = WorkerFactory.newInstance(client);
    var orchestrator = workers.newWorker(TaskQueues.EXPERIMENTS);
    orchestrator.registerWorkflowImplementationTypes(StagedExperiment.class);
    orchestrator.registerActivitiesImplementations(records, new HeartbeatUse());
    for (StageKind kind : kinds()) {
      workers
          .newWorker(
              TaskQueues.of(kind),
              WorkerOptions.newBuilder()
                  .setMaxConcurrentActivityTaskPollers(1)
                  .setMaxHeartbeatThrottleInterval(Duration.ofMillis(500))
                  .build())
          .registerActivitiesImplementations(stages);
    }
    workers.start();
  }

  private static List<StageKind> kinds() {
    return List.of(
        StageKind.PREPARE,
        StageKind.OVERLAP,
        StageKind.TRAIN,
        StageKind.EVALUATE,
        StageKind.SELECT,
        StageKind.AVERAGE,
        StageKind.REPORT);
  }

  /** Temporal loses everything. */
  void restart() {
    close();
    open();
  }

  Experiments experiments() {
    return new Experiments(client);
  }

  /** A record as the gateway makes it. */
  ExperimentName launch() {
    return launch(spec());
  }

  ExperimentName launchWithPriority(int priority) {
    return launch(spec().toBuilder().setPriority(priority).build());
  }

  ExperimentName launch(Limits limits) {
    return launch(spec().toBuilder().setLimits(limits).build());
  }

  private ExperimentName launch(ExperimentSpec spec) {
    ExperimentName name = new ExperimentName("default", UUID.randomUUID().toString());
    records.create(
        Experiment.newBuilder()
            .setName(name.toString())
            .setSpec(spec)
            .setState(Experiment.State.PENDING)
            .setCreateTime(Timestamps.now())
            .setUpdateTime(Timestamps.fromMillis(1))
            .putResolved("models/b", "sha256:b")
            .putResolved("datasets/t", "sha256:t")
            .putResolved("datasets/e", "sha256:e")
            .build());
    experiments().start(name);
    return name;
  }

  private static ExperimentSpec spec() {
    var spec = ExperimentSpec.newBuilder();
    try {
      JsonFormat.parser().merge(SPEC, spec);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
    return spec.build();
  }

  /** Waits until a worker has the stage. */
  void untilRunning(ExperimentName name, String stage) {
    while (records.stage(name, stage).getState() != Stage.State.RUNNING) {
      sleep(Duration.ofMillis(20));
    }
  }

  /** Waits until the moment has passed. */
  void untilTime(Timestamp moment) {
    while (Timestamps.compare(Timestamps.now(), moment) <= 0) {
      sleep(Duration.ofMillis(20));
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Waits for the workflow to close. */
  Experiment await(ExperimentName name) {
    client.newUntypedWorkflowStub(name.toString()).getResult(Void.class);
    return records.get(name);
  }

  /** Everything that happened in the last workflow, as Temporal keeps it. */
  String history(ExperimentName name) {
    return client.fetchHistory(name.toString()).toJson(true);
  }

  @Override
  public void close() {
    workers.shutdownNow();
    client.getWorkflowServiceStubs().shutdownNow();
    server.close();
  }
}
