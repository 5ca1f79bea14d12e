package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.dataprep.PrepareExecutor;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.S3Settings;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a dataprep service has behind its gRPC, in a test or as a process. */
public final class PreparingProcess implements AutoCloseable {
  private final Stages stages;

  /** A service with a lease of its own name. */
  public PreparingProcess(String holder, ObjectStore objects, Path folder) {
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
            List.of(new PrepareExecutor()),
            StageEngine.of(settings),
            objects,
            new BlobCache(folder.resolve(holder + "-cache"), 1L << 30));
  }

  /** Prepares one data set: endpoint, access key, secret key, folder, format, source. */
  public static void main(String[] arguments) throws Exception {
    S3Settings settings =
        S3Settings.of(URI.create(arguments[0]), "kedge", arguments[1], arguments[2]);
    try (ObjectStore objects = ObjectStore.open(settings);
        PreparingProcess service =
            new PreparingProcess("process", objects, Path.of(arguments[3]))) {
      System.out.println(service.run(spec(arguments[4], arguments[5])));
    }
  }

  /** All of a source, whose records may not be broken. */
  public static StageSpec spec(String format, String source) {
    PrepareSpec.Builder prepare =
        PrepareSpec.newBuilder().setFormat(PrepareSpec.Format.valueOf(format));
    prepare.getSourceBuilder().setArtifact(source);
    return StageSpec.newBuilder().setPrepare(prepare).build();
  }

  /** Asks until there is a result. */
  public Told run(StageSpec spec) throws Exception {
    RunRequest request =
        RunRequest.newBuilder()
            .setProject("default")
            .setSpec(spec)
            .setKey(StageKey.of(spec))
            .setRequester("experiments/a/stages/s")
            .build();
    while (true) {
      var events = new Events();
      stages.run(StageRequest.of(request), events);
      StageEvent last = events.last();
      if (last.hasResult()) {
        return new Told(last.getResult().getArtifact(), events.lines);
      }
      Thread.sleep(200);
    }
  }

  /**
   * What a service said.
   *
   * @param lines its log
   */
  public record Told(String artifact, List<String> lines) {}

  @Override
  public void close() {
    stages.close();
  }

  private static final class Events implements StreamObserver<StageEvent> {
    private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();

    @Override
    public void onNext(StageEvent event) {
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
        if (event.hasLog()) {
          lines.add(event.getLog().getText());
        }
      }
    }
  }
}
