package dev.kedge.gateway.experiments;

import dev.kedge.experiment.Experiments;
import dev.kedge.experiment.Refused;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** The workflows behind experiments, with an end to every wait. */
@ApplicationScoped
public class ExperimentControl {
  private static final Logger LOG = Logger.getLogger(ExperimentControl.class);

  private final Experiments workflows;
  private final Duration timeout;

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
      await(() -> workflows.start(workflow(name)));
    } catch (RuntimeException e) {
      LOG.warnf(e, "%s is accepted and waits for Temporal", name);
    }
  }

  /** Runs a stage again. */
  void retry(ExperimentName name, String stage, Map<String, String> changes, String actor) {
    await(() -> workflows.retry(workflow(name), stage, changes, actor));
  }

  /** Gives a stage up. */
  void skip(ExperimentName name, String stage, String actor) {
    await(() -> workflows.skip(workflow(name), stage, actor));
  }

  /** Stops the work. */
  void cancel(ExperimentName name, String actor) {
    await(() -> workflows.cancel(workflow(name), actor));
  }

  private void await(Runnable call) {
    try {
      CompletableFuture.runAsync(call).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unavailable("no orchestrator took the call up within " + timeout.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("the gateway is stopping");
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
      return unavailable("Temporal does not answer");
    }
    return new IllegalStateException("the operation broke", failure);
  }

  private static StatusRuntimeException unavailable(String message) {
    return Status.UNAVAILABLE.withDescription(message).asRuntimeException();
  }

  private static dev.kedge.experiment.ExperimentName workflow(ExperimentName name) {
    return new dev.kedge.experiment.ExperimentName(name.project(), name.id());
  }
}
