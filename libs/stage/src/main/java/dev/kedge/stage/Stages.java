package dev.kedge.stage;

import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All stages that live in this process: at most one life for each key. Returns at once. */
final class Stages implements AutoCloseable {
  private final Map<StageKind, StageExecutor> executors;
  private final StageEngine engine;
  private final ObjectStore objects;
  private final BlobCache cache;
  private final Map<String, ProjectScope> projects = new ConcurrentHashMap<>();
  private final Map<StageId, StageLife> lives = new ConcurrentHashMap<>();
  private volatile boolean goingDown;

  /**
   * @throws IllegalStateException if two executors compute the same kind
   */
  Stages(List<StageExecutor> executors, StageEngine engine, ObjectStore objects, BlobCache cache) {
    this.executors =
        executors.stream().collect(Collectors.toMap(StageExecutor::kind, Function.identity()));
    this.engine = engine;
    this.objects = objects;
    this.cache = cache;
    engine.metrics().serve(this.executors.keySet(), engine.slots());
  }

  /**
   * Answers a request, in its own time, to {@code caller}.
   *
   * @return to be run when the caller breaks off
   */
  Runnable run(StageRequest request, StreamObserver<StageEvent> caller) {
    StageExecutor executor = executorOf(request.kind());
    var subscription = new Subscription(caller, request.after(), engine.threads());
    join(request, executor, subscription);
    return () -> vanish(request, subscription);
  }

  /** Withdraws a requester; says whether the stage was running here for it. */
  boolean cancel(StageId id, String requester) {
    StageLife life = lives.get(id);
    return life != null && life.withdraw(requester);
  }

  ComputeSlots slots() {
    return engine.slots();
  }

  private StageExecutor executorOf(StageKind kind) {
    StageExecutor executor = executors.get(kind);
    if (executor == null) {
      throw StageException.user(
          "WRONG_SERVICE",
          "this process computes %s, not %s: call the service of that kind"
              .formatted(executors.keySet(), kind));
    }
    return executor;
  }

  private void join(StageRequest request, StageExecutor executor, Subscription caller) {
    if (goingDown) {
      caller.close(Ending.goingDown());
      return;
    }
    StageLife life = lives.computeIfAbsent(request.id(), id -> begin(request, executor));
    if (!life.attach(request.requester(), caller)) {
      // The stage is stopping for want of callers: it begins anew once that life is over.
      engine
          .threads()
          .execute(Context.current().wrap(() -> joinAfter(life, request, executor, caller)));
    }
  }

  private StageLife begin(StageRequest request, StageExecutor executor) {
    var life = new StageLife(request, executor, scopeOf(request.id().project()), engine);
    engine.threads().execute(() -> live(request.id(), life));
    return life;
  }

  private void live(StageId id, StageLife life) {
    Ending ending = life.run();
    // Forgotten before anybody is told, so that who asks again gets a new life.
    lives.remove(id, life);
    life.end(ending);
  }

  private void joinAfter(
      StageLife stopping, StageRequest request, StageExecutor executor, Subscription caller) {
    stopping.over().join();
    if (!caller.isOver()) {
      join(request, executor, caller);
    }
  }

  private void vanish(StageRequest request, Subscription caller) {
    StageLife life = lives.get(request.id());
    if (life != null) {
      life.vanish(request.requester(), caller);
    }
    caller.abandon();
  }

  private ProjectScope scopeOf(String project) {
    return projects.computeIfAbsent(
        project,
        id -> {
          var store = new ProjectStore(objects, id, cache);
          return new ProjectScope(store, store.leases(engine.settings().leaseTtl()));
        });
  }

  /** Asks every stage to save and stop, and waits for them as long as the settings say. */
  @Override
  public void close() {
    goingDown = true;
    List<StageLife> all = List.copyOf(lives.values());
    all.forEach(life -> life.stop(StageStopped.Why.SHUTDOWN));
    try {
      CompletableFuture.allOf(
              all.stream().map(StageLife::over).toArray(CompletableFuture<?>[]::new))
          .get(engine.settings().stopPatience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException tooLate) {
      // Their leases expire, and the next attempt goes on from their last progress.
    }
    engine.close();
  }
}
