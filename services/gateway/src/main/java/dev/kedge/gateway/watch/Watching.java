package dev.kedge.gateway.watch;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.StageName;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageEvent;
import dev.kedge.store.StoreException;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.stub.ServerCallStreamObserver;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Everybody who follows an experiment. Records and logs are looked at from time to time, so that a
 * watch survives the loss of any process, also of this one.
 */
@ApplicationScoped
public class Watching {
  private static final Logger LOG = Logger.getLogger(Watching.class);

  /** They wait for the store: a watcher whose logs come slowly is not to hold up the others. */
  private static final int THREADS = 16;

  /** Enough for the newest progress and the lines that lead to a failure. */
  private static final int LAST = 30;

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

  /**
   * A view of what becomes of an experiment from now on, and of the last that stages which are not
   * done have said; for whoever looks at it when they like.
   *
   * @param to is told what is new
   */
  public Watch watch(Experiment experiment, Consumer<WatchExperimentResponse> to) {
    ProjectStore store = projects.store(ExperimentName.parse(experiment.getName()).project());
    WatchCursor cursor = WatchCursor.parse("");
    StageKeys keys = new StageKeys(experiment);
    for (int i = 0; i < experiment.getStagesCount(); i++) {
      Stage stage = experiment.getStages(i);
      switch (stage.getState()) {
        case WAITING -> {}
        case RUNNING, PARKED -> skipAllButTheEnd(cursor, i, keys.of(stage, experiment), store);
        default -> cursor.finish(i);
      }
    }
    return new Watch(store, cursor, to);
  }

  /** What was said of a stage, from the beginning on. */
  public StageReading read(StageName stage) {
    return new StageReading(stage, experiments, projects);
  }

  /** A stage that is not done, with how far it got and what it said last. */
  public Stage withLastWords(Stage stage) {
    return switch (stage.getState()) {
      case RUNNING, PARKED, CANCELLED -> withLastWords(stage, StageName.parse(stage.getName()));
      default -> stage;
    };
  }

  private Stage withLastWords(Stage stage, StageName name) {
    if (stage.getKey().isEmpty()) {
      return stage;
    }
    Stage.Builder telling = stage.toBuilder();
    for (StageEvent entry :
        projects.store(name.experiment().project()).events(stage.getKey()).last(LAST)) {
      dev.kedge.stage.v1.StageEvent event = StageNews.read(entry);
      StageNews.of(stage.getId(), event).ifPresent(news -> add(news, telling));
      telling.setComputeSeconds(
          Math.max(telling.getComputeSeconds(), event.getProgress().getComputeSeconds()));
    }
    return telling.build();
  }

  private static void add(WatchExperimentResponse.Builder news, Stage.Builder telling) {
    if (news.hasProgress()) {
      telling.setProgress(news.getProgress());
    } else {
      telling.addLastLines(news.getLog());
    }
  }

  private static void skipAllButTheEnd(
      WatchCursor cursor, int stage, String key, ProjectStore store) {
    List<StageEvent> last = store.events(key).last(LAST);
    if (last.size() == LAST) {
      cursor.advance(stage, key, last.get(0).cursor());
    }
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
