package dev.kedge.stage;

import dev.kedge.stage.v1.RunRequest;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.tracing.Traces;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What one stage service has behind its gRPC, several of which fit into one test. */
final class StageProcess implements AutoCloseable {
  static final Duration TTL = Duration.ofMillis(900);
  static final Duration GRACE = Duration.ofMillis(700);

  final ScriptedExecutor executor;
  private final Stages stages;

  StageProcess(String holder, ObjectStore objects, Path folder) {
    this(holder, objects, folder, new ScriptedExecutor());
  }

  StageProcess(String holder, ObjectStore objects, Path folder, ScriptedExecutor executor) {
    this(holder, objects, folder, executor, Traces.off());
  }

  StageProcess(
      String holder, ObjectStore objects, Path folder, ScriptedExecutor executor, Traces traces) {
    this.executor = executor;
    var settings =
        new StageSettings(
            1,
            TTL,
            GRACE,
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            folder.resolve(holder + "-scratch"),
            holder,
            "test");
    var engine = StageEngine.of(settings, new StageMetrics(new SimpleMeterRegistry()), traces);
    var cache = new BlobCache(folder.resolve(holder + "-cache"), 1 << 30);
    stages = new Stages(List.of(executor), engine, objects, cache);
  }

  Caller run(RunRequest request) {
    Caller caller = new Caller();
    stages.run(StageRequest.of(request), caller);
    return caller;
  }

  /** Runs for a caller that can cancel: see the result's second part. */
  Call call(RunRequest request) {
    Caller caller = new Caller();
    return new Call(caller, stages.run(StageRequest.of(request), caller));
  }

  /** A call that its caller can break off. */
  record Call(Caller caller, Runnable cancellation) {}

  boolean cancel(RunRequest request) {
    return stages.cancel(
        new StageId(request.getProject(), request.getKey()), request.getRequester());
  }

  @Override
  public void close() {
    stages.close();
  }
}
