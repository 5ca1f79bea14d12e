package dev.kedge.experiment;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.experiment.payload.PayloadKeys;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tracing.Traces;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Stage;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

  /** The address of a Temporal server to use in place of the embedded one. */
  static final String REAL_TEMPORAL = "KEDGE_TEST_TEMPORAL";

  final RecordsInMemory records = new RecordsInMemory();
  final ResultsInMemory results = new ResultsInMemory();
  final ScriptedStages stages = new ScriptedStages();
  private Optional<EmbeddedTemporal> server = Optional.empty();
  private final int limit;
  private final Traces traces;
  private HistoryLimit history = new HistoryLimit();
  private PayloadKeys keys;
  private boolean forgetful;
  private WorkerFactory orchestrator;
  private WorkerFactory workers;
  private WorkflowClient client;

  /** Projects may have any number of stages at work. */
  Stagehand() {
    this(0);
  }

  /** As the above, traced. */
  Stagehand(Traces traces) {
    this(0, traces);
  }

  /**
   * @param limit how many stages of a project are at work at once
   */
  Stagehand(int limit) {
    this(limit, Traces.off());
  }

  private Stagehand(int limit, Traces traces) {
    this(limit, traces, PayloadKeys.none());
  }

  /** What Temporal keeps is sealed. */
  Stagehand(PayloadKeys keys) {
    this(0, Traces.off(), keys);
  }

  private Stagehand(int limit, Traces traces, PayloadKeys keys) {
    this.limit = limit;
    this.traces = traces;
    this.keys = keys;
    open();
  }

  private void open() {
    if (System.getenv(REAL_TEMPORAL) == null) {
      server = Optional.of(EmbeddedTemporal.start());
    }
    startProcesses();
  }

  private void startProcesses() {
    client = Temporal.client(address(), "default", keys, traces);
    workers = WorkerFactory.newInstance(client);
    startOrchestrator();
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

  private void startOrchestrator() {
    var options = WorkerFactoryOptions.newBuilder();
    if (forgetful) {
      options.setWorkflowCacheSize(1);
    }
    orchestrator = WorkerFactory.newInstance(client, options.build());
    var worker = orchestrator.newWorker(TaskQueues.EXPERIMENTS);
    worker.registerWorkflowImplementationFactory(
        ExperimentWorkflow.class, () -> new StagedExperiment(history));
    worker.registerWorkflowImplementationTypes(ProjectPermits.class);
    worker.registerActivitiesImplementations(
        records, results, new HeartbeatUse(), new PermitDesk(limit));
    orchestrator.start();
  }

  /** From now on a workflow is replayed from its history whenever another has been at work. */
  void forget() {
    forgetful = true;
    killOrchestrator();
  }

  /** From now on a workflow goes on in a new run once its history has so many events. */
  void limitHistories(int events) {
    history = new HistoryLimit(events);
    killOrchestrator();
  }

  /** What it was doing is lost, and another takes its place. */
  void killOrchestrator() {
    orchestrator.shutdownNow();
    startOrchestrator();
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

  /** Nobody takes up stages. */
  void stopWorkers() {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** Nobody takes up workflows. */
  void stopOrchestrator() {
    orchestrator.shutdownNow();
    orchestrator.awaitTermination(10, TimeUnit.SECONDS);
  }

  /** All processes are started anew, with these keys. */
  void restartWith(PayloadKeys others) {
    stopProcesses();
    keys = others;
    startProcesses();
  }

  private String address() {
    return server.map(EmbeddedTemporal::address).orElse(System.getenv(REAL_TEMPORAL));
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

  ExperimentName launchIn(String project) {
    return launch(project, spec());
  }

  private ExperimentName launch(ExperimentSpec spec) {
    return launch("default", spec);
  }

  private ExperimentName launch(String project, ExperimentSpec spec) {
    ExperimentName name = new ExperimentName(project, UUID.randomUUID().toString());
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
    until(() -> records.stage(name, stage).getState() == Stage.State.RUNNING);
  }

  void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      sleep(Duration.ofMillis(20));
    }
  }

  /** Waits until the moment has passed. */
  void untilTime(Timestamp moment) {
    until(() -> Timestamps.compare(Timestamps.now(), moment) > 0);
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

  /** Waits for any workflow to close. */
  void untilClosed(String workflow) {
    client.newUntypedWorkflowStub(workflow).getResult(Void.class);
  }

  /** Says that a worker has taken the stage, whether that is so or not. */
  void announce(ExperimentName name, String stage, String activity) {
    client.newWorkflowStub(ExperimentWorkflow.class, name.toString()).stageStarted(stage, activity);
  }

  /** The permits of a project that somebody has asked for. */
  PermitWorkflow permits(String project) {
    return client.newWorkflowStub(PermitWorkflow.class, "permits/" + project);
  }

  /** A permit as the experiment's present run asks for it. */
  Permit permit(ExperimentName name, String id) {
    return new Permit(name.toString(), run(name), id);
  }

  /** Temporal's id of the experiment's present run. */
  String run(ExperimentName name) {
    return client
        .fetchHistory(name.toString())
        .getEvents()
        .get(0)
        .getWorkflowExecutionStartedEventAttributes()
        .getOriginalExecutionRunId();
  }

  /** Ends the workflow, and leaves it no time to tidy up. */
  void terminate(ExperimentName name) {
    client.newUntypedWorkflowStub(name.toString()).terminate("by hand");
  }

  /** Everything that happened in the last workflow, as Temporal keeps it. */
  String history(ExperimentName name) {
    return history(name.toString());
  }

  /** Everything that happened in one run. */
  String history(ExperimentName name, String run) {
    return client.fetchHistory(name.toString(), run).toJson(true);
  }

  String history(String workflow) {
    return client.fetchHistory(workflow).toJson(true);
  }

  /** The same as Temporal has it: bytes, read as Latin-1. */
  String kept(ExperimentName name) {
    return client
        .fetchHistory(name.toString())
        .getHistory()
        .toByteString()
        .toString(StandardCharsets.ISO_8859_1);
  }

  private void stopProcesses() {
    orchestrator.shutdownNow();
    workers.shutdownNow();
    client.getWorkflowServiceStubs().shutdownNow();
  }

  @Override
  public void close() {
    stopProcesses();
    server.ifPresent(EmbeddedTemporal::close);
  }
}
