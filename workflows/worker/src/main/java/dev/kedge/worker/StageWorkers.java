package dev.kedge.worker;

import dev.kedge.experiment.TaskQueues;
import dev.kedge.experiment.Temporal;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tracing.Traces;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Polls the queue of each kind while the process is up. */
@Singleton
public class StageWorkers {
  /** A cancelled stage hears of it with the next heartbeat that is really sent. */
  private static final Duration SLOWEST_HEARTBEAT = Duration.ofSeconds(3);

  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final WorkerConfig config;
  private final WorkflowClient client;
  private final WorkerMetrics metrics;
  private final Traces traces;
  private ManagedChannel service;
  private WorkerFactory workers;

  /** Workers that are not polling yet. */
  public StageWorkers(
      WorkerConfig config, WorkflowClient client, WorkerMetrics metrics, Traces traces) {
    this.config = config;
    this.client = client;
    this.metrics = metrics;
    this.traces = traces;
  }

  void start(@Observes StartupEvent up) {
    service =
        NettyChannelBuilder.forTarget(config.stageAddress())
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    workers = WorkerFactory.newInstance(client);
    var activity =
        new StageActivity(
            service, config.outOfSight(), config.temporalOutOfSight(), metrics, traces);
    var question = new ServiceQuestion(service, config.stageAddress());
    for (StageKind kind : config.kinds()) {
      workers.newWorker(TaskQueues.of(kind), options()).registerActivitiesImplementations(activity);
      workers
          .newWorker(TaskQueues.inspections(kind), options())
          .registerActivitiesImplementations(question);
    }
    Temporal.await(client);
    workers.start();
  }

  private WorkerOptions options() {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(config.slots())
        .setMaxConcurrentActivityTaskPollers(1)
        .setMaxHeartbeatThrottleInterval(SLOWEST_HEARTBEAT)
        .build();
  }

  /** Lets go of the running stages: their service goes on, and another worker takes them up. */
  void stop(@Observes ShutdownEvent down) {
    workers.shutdownNow();
    service.shutdownNow();
  }
}
