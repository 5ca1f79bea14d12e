package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.tracing.Traces;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a stage service has behind its gRPC; several fit into one test, or one is a process. Its
 * lease is lost within a second.
 */
public final class TestingService implements AutoCloseable {
  private static final long CACHE_BYTES = 1L << 30;

  private final Stages stages;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /**
   * A service with a lease of its own name.
   *
   * @param folder for its cache and its scratch
   */
  public TestingService(
      String holder, ObjectStore objects, Path folder, StageExecutor... executors) {
    var settings =
        new StageSettings(
            1,
            Duration.ofMillis(900),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            folder.resolve(holder + "-scratch"),
            holder,
            "test");
    stages =
        new Stages(
            List.of(executors),
            StageEngine.of(settings, new StageMetrics(new SimpleMeterRegistry()), Traces.off()),
            objects,
            new BlobCache(folder.resolve(holder + "-cache"), CACHE_BYTES));
  }

  /**
   * Asks until there is a result.
   *
   * @return all events, the held ones of other holders included; the result is the last
   */
  public Told run(StageSpec spec) throws Exception {
    RunRequest request =
        RunRequest.newBuilder()
            .setProject("default")
            .setSpec(spec)
            .setKey(StageKey.of(spec))
            .setRequester("experiments/a/stages/s")
            .build();
    int held = 0;
    while (true) {
      var events = new Events();
      stages.run(StageRequest.of(request), events);
      StageEvent last = events.last();
      if (last.hasResult()) {
        return new Told(last.getResult().getArtifact(), held, List.copyOf(lines));
      }
      held++;
      Thread.sleep(200);
    }
  }

  /**
   * What a service said.
   *
   * @param held how often another held the stage
   * @param lines its log
   */
  public record Told(String artifact, int held, List<String> lines) {}

  /** Its log so far; grows while a stage runs. */
  public List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    stages.close();
  }

  private final class Events implements StreamObserver<StageEvent> {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

    @Override
    public void onNext(StageEvent event) {
      if (event.hasLog()) {
        lines.add(event.getLog().getText());
      }
      all.add(event);
    }

    @Override
    public void onError(Throwable failure) {
      all.add(failure);
    }

    @Override
    public void onCompleted() {}

    StageEvent last() throws Exception {
      while (true) {
        Object next = all.take();
        if (next instanceof Exception failure) {
          throw failure;
        }
        StageEvent event = (StageEvent) next;
        if (event.hasResult() || event.hasHeld()) {
          return event;
        }
      }
    }
  }
}
