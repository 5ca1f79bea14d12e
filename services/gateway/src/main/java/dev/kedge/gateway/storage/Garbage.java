package dev.kedge.gateway.storage;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.store.garbage.Collected;
import dev.kedge.store.garbage.GarbageCollection;
import dev.kedge.store.garbage.GarbageCollection.Watcher;
import dev.kedge.store.garbage.Kind;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.CollectionProgress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Collects a project's garbage for a client. */
@ApplicationScoped
public class Garbage {
  private static final Duration GRACE = Duration.ofDays(7);
  private static final Duration LEAST = GarbageCollection.LEAST_GRACE;
  private static final long NEWS_EVERY_NANOS = Duration.ofMillis(500).toNanos();

  private final Projects projects;

  Garbage(Projects projects) {
    this.projects = projects;
  }

  /**
   * Collects.
   *
   * @param news is told how far it is, twice a second at most, and at last what it came to; what it
   *     throws ends the collection
   */
  public void collect(CollectGarbageRequest request, Consumer<CollectGarbageResponse> news) {
    ProjectName project = ProjectName.parse(request.getParent());
    Duration grace = grace(request);
    if (!projects.isThere(project)) {
      throw Refusal.notFound(
          "PROJECT_NOT_FOUND", "there is nothing in %s: is its name right?".formatted(project));
    }
    GarbageCollection collection = projects.store(project).garbage(grace, new News(news));
    Collected collected = request.getRemove() ? collection.remove() : collection.look();
    news.accept(
        CollectGarbageResponse.newBuilder()
            .setCollected(message(collected, request.getRemove()))
            .build());
  }

  private static Duration grace(CollectGarbageRequest request) {
    if (!request.hasGracePeriod()) {
      return GRACE;
    }
    if (!Durations.isValid(request.getGracePeriod())
        || Durations.toSeconds(request.getGracePeriod()) < LEAST.toSeconds()) {
      throw Refusal.invalid(
          "INVALID_GRACE_PERIOD",
          "grace_period",
          "a grace period is %d hours or more: a shorter one could take what is just being written"
              .formatted(LEAST.toHours()));
    }
    return Duration.ofSeconds(Durations.toSeconds(request.getGracePeriod()));
  }

  private static CollectedGarbage message(Collected collected, boolean removing) {
    CollectedGarbage.Builder message = CollectedGarbage.newBuilder().setRemoving(removing);
    for (Kind kind : Kind.values()) {
      message
          .addKindsBuilder()
          .setKind(kind.name().toLowerCase(Locale.ROOT))
          .setKept(amount(collected.kept(), kind))
          .setWaiting(amount(collected.waiting(), kind))
          .setRemoved(amount(collected.removed(), kind));
    }
    collected.next().ifPresent(next -> message.setNext(Timestamps.fromMillis(next.toEpochMilli())));
    return message.build();
  }

  private static CollectedGarbage.Amount amount(Map<Kind, Collected.Amount> amounts, Kind kind) {
    Collected.Amount amount = amounts.getOrDefault(kind, new Collected.Amount(0, 0));
    return CollectedGarbage.Amount.newBuilder()
        .setCount(amount.things())
        .setBytes(amount.bytes())
        .build();
  }

  /** How far it is, now and then. */
  private static final class News implements Watcher {
    private final Consumer<CollectGarbageResponse> to;
    private long last = System.nanoTime();

    News(Consumer<CollectGarbageResponse> to) {
      this.to = to;
    }

    @Override
    public void progress(String doing, long done) {
      if (System.nanoTime() - last >= NEWS_EVERY_NANOS) {
        last = System.nanoTime();
        to.accept(
            CollectGarbageResponse.newBuilder()
                .setProgress(CollectionProgress.newBuilder().setDoing(doing).setDone(done))
                .build());
      }
    }
  }
}
