package dev.kedge.orchestrator;

import dev.kedge.experiment.HeartbeatUse;
import dev.kedge.experiment.InspectionWorkflow;
import dev.kedge.experiment.PermitDesk;
import dev.kedge.experiment.ProjectPermits;
import dev.kedge.experiment.ServiceInspection;
import dev.kedge.experiment.StagedExperiment;
import dev.kedge.experiment.TaskQueues;
import dev.kedge.experiment.Temporal;
import dev.kedge.orchestrator.notice.NoticeDelivery;
import dev.kedge.orchestrator.notice.Webhook;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Runs workflows, their records, notices and the reconciler while the process is up. */
@Singleton
public class Orchestrator {
  private static final Logger LOG = Logger.getLogger(Orchestrator.class);

  /**
   * How long a piece of workflow code may compute before it counts as stuck. The SDK's one second
   * is passed by a process that has just started on a busy machine.
   */
  private static final Duration STUCK = Duration.ofSeconds(10);

  private final WorkflowClient client;
  private final ExperimentRecords records;
  private final CommittedResults results;
  private final Webhook webhook;
  private final Reconciler reconciler;
  private final OrchestratorConfig config;
  private final String version;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private WorkerFactory workers;
  private ScheduledFuture<?> rounds;

  /** An orchestrator that has not started. */
  public Orchestrator(
      WorkflowClient client,
      ExperimentRecords records,
      CommittedResults results,
      Webhook webhook,
      Reconciler reconciler,
      OrchestratorConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.client = client;
    this.records = records;
    this.results = results;
    this.webhook = webhook;
    this.reconciler = reconciler;
    this.config = config;
    this.version = version;
  }

  void start(@Observes StartupEvent up) {
    RefusalLines.install();
    PermitDesk permits = permits();
    workers = WorkerFactory.newInstance(client);
    Worker worker =
        workers.newWorker(
            TaskQueues.EXPERIMENTS,
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(STUCK.toMillis())
                .build());
    worker.registerWorkflowImplementationTypes(
        StagedExperiment.class, ProjectPermits.class, NoticeDelivery.class);
    worker.registerWorkflowImplementationFactory(
        InspectionWorkflow.class, () -> new ServiceInspection(version, permits.limit()));
    worker.registerActivitiesImplementations(
        records, results, new HeartbeatUse(), permits, webhook);
    Temporal.await(client);
    workers.start();
    rounds =
        clock.scheduleWithFixedDelay(
            this::reconcile, 0, config.reconcileEvery().toMillis(), TimeUnit.MILLISECONDS);
  }

  private PermitDesk permits() {
    int limit = config.stagesPerProject().orElse(0);
    if (config.stagesPerProject().isPresent() && limit < 1) {
      throw new IllegalArgumentException(
          "kedge.orchestrator.stages-per-project is %d: set 1 or more, or leave it out"
              .formatted(limit));
    }
    return new PermitDesk(limit);
  }

  private void reconcile() {
    try {
      reconciler.reconcile();
    } catch (RuntimeException unreachable) {
      // The next round may find store and Temporal again; an escaped exception would end them all.
      LOG.warnf("records could not be looked through: %s", unreachable.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent down) {
    rounds.cancel(true);
    clock.shutdownNow();
    workers.shutdownNow();
  }
}
