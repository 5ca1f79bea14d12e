package dev.kedge.gateway.experiments;

import dev.kedge.experiment.Experiments;
import dev.kedge.experiment.Refused;
import dev.kedge.experiment.SkipPreview;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.context.Context;
import io.temporal.client.WorkflowException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The workflows behind experiments, with an end to every wait. */
@ApplicationScoped
public class ExperimentControl {
  private static final Logger LOG = Logger.getLogger(ExperimentControl.class);

  /** A launch is safe once its record is there, so nobody waits long for the rest. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(5);

  private final Experiments workflows;
  private final Duration timeout;

  /** A call that waits long holds up no other. What it does belongs to its caller's trace. */
  private final ExecutorService threads =
      Context.taskWrapping(Executors.newCachedThreadPool(call -> daemon(call, "kedge-operations")));

  ExperimentControl(Experiments workflows, GatewayConfig config) {
    this.workflows = workflows;
    this.timeout = config.operationTimeout();
  }

  /**
   * Starts a launched experiment's workflow. Where that cannot be done now, the reconciler does it
   * later: the record is there.
   */
  void start(ExperimentName name) {
    try {
      await(START_PATIENCE, () -> workflows.start(workflow(name)));
    } catch (RuntimeException e) {
      LOG.warnf("%s is accepted and waits for Temporal: %s", name, e.getMessage());
    }
  }

  /** Runs a stage again. */
  void retry(ExperimentName name, String stage, Map<String, String> changes, String actor) {
    await(timeout, () -> workflows.retry(workflow(name), stage, changes, actor));
  }

  /** Gives a stage up. */
  void skip(ExperimentName name, String stage, String actor) {
    await(timeout, () -> workflows.skip(workflow(name), stage, actor));
  }

  /** What {@link #skip} would make of an experiment; asks no workflow. */
  Experiment previewSkip(Experiment record, String stage) {
    try {
      return SkipPreview.of(record, stage);
    } catch (Refused refused) {
      throw explained(refused);
    }
  }

  /** Stops the work. */
  void cancel(ExperimentName name, String actor) {
    await(timeout, () -> workflows.cancel(workflow(name), actor));
  }

  /** Begins nothing more, and stops what is at work. */
  void pause(ExperimentName name, String actor) {
    await(timeout, () -> workflows.pause(workflow(name), actor));
  }

  /** Goes on with what is paused. */
  void resume(ExperimentName name, Limits more, String actor) {
    await(timeout, () -> workflows.resume(workflow(name), more, actor));
  }

  private void await(Duration patience, Runnable call) {
    Future<?> answer = threads.submit(call);
    try {
      answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Refusal.unavailable(
          "ORCHESTRATOR_UNAVAILABLE",
          ("no orchestrator answered within %d s: see whether one runs (`kedge doctor`); it may still"
                  + " be done once one runs, so see how the experiment stands before you ask again")
              .formatted(patience.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.unavailable("STOPPING", "the gateway is stopping: try again");
    } catch (ExecutionException e) {
      throw explained(e.getCause());
    }
  }

  private static RuntimeException explained(Throwable failure) {
    if (failure instanceof Refused) {
      return Refusal.wrongState("OPERATION_REFUSED", failure.getMessage());
    }
    if (failure instanceof WorkflowException || failure instanceof StatusRuntimeException) {
      LOG.warn("Temporal does not answer", failure);
      return Refusal.unavailable("TEMPORAL_UNAVAILABLE", "Temporal does not answer: try again");
    }
    return new IllegalStateException("the operation broke", failure);
  }

  private static Thread daemon(Runnable call, String name) {
    Thread thread = new Thread(call, name);
    thread.setDaemon(true);
    return thread;
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  private static dev.kedge.experiment.ExperimentName workflow(ExperimentName name) {
    return new dev.kedge.experiment.ExperimentName(name.project(), name.id());
  }
}
