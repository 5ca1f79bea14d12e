package dev.kedge.orchestrator;

import dev.kedge.experiment.ServiceInspection;
import dev.kedge.experiment.StagedExperiment;
import dev.kedge.experiment.TaskQueues;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs workflows, their records and the reconciler while the process is up. */
@Singleton
public class Orchestrator {
  private static final Logger LOG = Logger.getLogger(Orchestrator.class);

  private final WorkflowClient client;
  private final ExperimentRecords records;
  private final Reconciler reconciler;
  private final OrchestratorConfig config;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private WorkerFactory workers;
  private ScheduledFuture<?> rounds;

  /** An orchestrator that has not started. */
  public Orchestrator(
      WorkflowClient client,
      ExperimentRecords records,
      Reconciler reconciler,
      OrchestratorConfig config) {
    this.client = client;
    this.records = records;
    this.reconciler = reconciler;
    this.config = config;
  }

  void start(@Observes StartupEvent up) {
    workers = WorkerFactory.newInstance(client);
    Worker worker = workers.newWorker(TaskQueues.EXPERIMENTS);
    worker.registerWorkflowImplementationTypes(StagedExperiment.class, ServiceInspection.class);
    worker.registerActivitiesImplementations(records);
    workers.start();
    rounds =
        clock.scheduleWithFixedDelay(
            this::reconcile, 0, config.reconcileEvery().toMillis(), TimeUnit.MILLISECONDS);
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
