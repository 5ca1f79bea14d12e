package dev.kedge.orchestrator;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.embedded.EmbeddedTemporal;
import dev.kedge.experiment.ExperimentName;
import dev.kedge.experiment.Experiments;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.experiment.Temporal;
import dev.kedge.orchestrator.notice.Notices;
import dev.kedge.orchestrator.notice.Webhook;
import dev.kedge.orchestrator.notice.WebhookConfig;
import dev.kedge.process.TracedCalls;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.tracing.Traces;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Stage;
import dev.kedge.worker.StageActivity;
import dev.kedge.worker.WorkerMetrics;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Store, Temporal, orchestrator, worker and a stage service, wired as the processes are. */
final class Platform implements AutoCloseable {
  private static final String SPEC =
      """
      {"base": "models/b",
       "task": {"image_classification": {"train": "datasets/t", "validation_fraction": 0.1}},
       "training": {"epochs": 1, "learning_rate": [1e-5]},
       "methods": [{"id": "full", "full": {}}, {"id": "l2", "l2": {"lambda": [1]}}],
       "evaluations": [{"id": "e", "dataset": "datasets/e", "role": "SPECIALITY"}]}
      """;

  final MeterRegistry meters = new SimpleMeterRegistry();
  private final Webhook webhook;
  private final Traces traces;
  private final EmbeddedS3 s3;
  private final ObjectStore objects;
  final Projects projects;
  final CommittingStageService service;
  final StateCounts counts = new StateCounts(meters);
  private final ManagedChannel channel;
  private EmbeddedTemporal temporal;
  private WorkflowClient client;
  private Orchestrator orchestrator;
  private WorkerFactory worker;

  /** A platform that tells nobody. */
  Platform(Path folder) {
    this(folder, Optional.empty(), Optional.empty());
  }

  /** A platform that is traced. */
  Platform(Path folder, Traces traces) {
    this(folder, Optional.empty(), Optional.empty(), traces);
  }

  /** A platform that tells a webhook, if it is given. */
  Platform(Path folder, Optional<URI> url, Optional<String> secret) {
    this(folder, url, secret, Traces.off());
  }

  private Platform(Path folder, Optional<URI> url, Optional<String> secret, Traces traces) {
    this.traces = traces;
    webhook = new Webhook(webhook(url, secret));
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    projects = new Projects(objects, new BlobCache(folder.resolve("cache"), 1 << 30));
    service = new CommittingStageService(projects, new TracedCalls(traces));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", service.port()).usePlaintext().build();
    startTemporal();
  }

  private static WebhookConfig webhook(Optional<URI> url, Optional<String> secret) {
    return new WebhookConfig() {
      @Override
      public Optional<URI> url() {
        return url;
      }

      @Override
      public Optional<String> secret() {
        return secret;
      }
    };
  }

  private OrchestratorConfig config() {
    return new OrchestratorConfig() {
      @Override
      public Duration reconcileEvery() {
        // What the reconciler starts is nobody's trace: it must not come before a traced call.
        return traces.on() ? Duration.ofHours(1) : Duration.ofMillis(500);
      }

      @Override
      public OptionalInt stagesPerProject() {
        return OptionalInt.empty();
      }
    };
  }

  private void startTemporal() {
    temporal = EmbeddedTemporal.start();
    client = Temporal.client(temporal.address(), "default", traces);
    orchestrator =
        new Orchestrator(
            client,
            new ExperimentRecords(projects, new Notices(client, webhook)),
            new CommittedResults(projects),
            webhook,
            new Reconciler(projects, experiments(), counts),
            config(),
            "test");
    orchestrator.start(new StartupEvent());
    worker = WorkerFactory.newInstance(client);
    for (StageKind kind : StageKind.values()) {
      if (kind.name().matches("PREPARE|OVERLAP|TRAIN|EVALUATE|SELECT|AVERAGE|REPORT")) {
        worker
            .newWorker(
                TaskQueues.of(kind),
                WorkerOptions.newBuilder().setMaxConcurrentActivityTaskPollers(1).build())
            .registerActivitiesImplementations(
                new StageActivity(
                    channel,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(15),
                    new WorkerMetrics(meters),
                    traces));
      }
    }
    worker.start();
  }

  /** Temporal loses everything; the orchestrator starts anew with an empty one. */
  void loseTemporal() {
    stopTemporal();
    startTemporal();
  }

  private void stopTemporal() {
    worker.shutdownNow();
    orchestrator.stop(new ShutdownEvent());
    client.getWorkflowServiceStubs().shutdownNow();
    temporal.close();
  }

  Experiments experiments() {
    return new Experiments(client);
  }

  /** Only the record, as if the gateway had died before it could start the workflow. */
  void record(ExperimentName name) {
    record(name, Limits.getDefaultInstance());
  }

  void record(ExperimentName name, Limits limits) {
    record(name, experiment(name, limits));
  }

  void record(ExperimentName name, Experiment experiment) {
    projects.open("default").records().create("experiments/" + name.id(), json(experiment));
  }

  static ExperimentName newName() {
    return new ExperimentName("default", UUID.randomUUID().toString());
  }

  static Experiment experiment(ExperimentName name, Limits limits) {
    return Experiment.newBuilder()
        .setName(name.toString())
        .setSpec(spec().toBuilder().setLimits(limits))
        .setState(Experiment.State.PENDING)
        .setCreateTime(Timestamps.now())
        .setUpdateTime(Timestamps.fromMillis(1))
        // Its own, so that nothing of it was made for another.
        .putResolved("models/b", "sha256:b" + name.id())
        .putResolved("datasets/t", "sha256:t" + name.id())
        .putResolved("datasets/e", "sha256:e" + name.id())
        .build();
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

  private static byte[] json(Experiment experiment) {
    try {
      return JsonFormat.printer().print(experiment).getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Experiment get(ExperimentName name) {
    return ExperimentRecords.parse(
        projects.open("default").records().find("experiments/" + name.id()).orElseThrow());
  }

  Stage stage(ExperimentName name, String id) {
    return get(name).getStagesList().stream()
        .filter(stage -> stage.getId().equals(id))
        .findFirst()
        .orElse(Stage.getDefaultInstance());
  }

  /** Removes an object of the project. */
  void delete(String path) {
    objects.delete("projects/default/" + path);
  }

  @Override
  public void close() {
    stopTemporal();
    channel.shutdownNow();
    service.close();
    objects.close();
    s3.close();
  }
}
