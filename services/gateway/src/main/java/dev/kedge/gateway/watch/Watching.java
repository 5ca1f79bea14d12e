package dev.kedge.gateway.watch;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.store.StoreException;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Everybody who follows an experiment. Records and logs are looked at from time to time, so that a
 * watch survives the loss of any process, also of this one.
 */
@ApplicationScoped
public class Watching {
  private static final Logger LOG = Logger.getLogger(Watching.class);
  private static final int THREADS = 2;

  private final Projects projects;
  private final ExperimentStore experiments;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Executor later;

  Watching(Projects projects, ExperimentStore experiments, GatewayConfig config) {
    this.projects = projects;
    this.experiments = experiments;
    this.later =
        CompletableFuture.delayedExecutor(
            config.watchInterval().toMillis(), TimeUnit.MILLISECONDS, threads);
  }

  /** Follows an experiment from the request's cursor on, until it ends or waits for somebody. */
  public void follow(
      WatchExperimentRequest request, ServerCallStreamObserver<WatchExperimentResponse> to) {
    ExperimentName name = ExperimentName.parse(request.getName());
    experiments.get(name);
    var watch =
        new Watch(
            projects.store(name.project()), WatchCursor.parse(request.getCursor()), to::onNext);
    // Without a handler, grpc throws into the next look when the client has gone.
    to.setOnCancelHandler(() -> LOG.debugf("a watcher of %s has gone", name));
    threads.execute(() -> look(name, watch, to));
  }

  private void look(
      ExperimentName name, Watch watch, ServerCallStreamObserver<WatchExperimentResponse> to) {
    if (to.isCancelled()) {
      return;
    }
    try {
      if (to.isReady() && watch.tell(experiments.get(name))) {
        to.onCompleted();
        return;
      }
    } catch (StoreException.Unavailable outOfSight) {
      LOG.debugf(outOfSight, "%s is out of sight", name);
    } catch (RuntimeException e) {
      if (!to.isCancelled()) {
        to.onError(Failures.toStatus(e));
      }
      return;
    }
    later.execute(() -> look(name, watch, to));
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
