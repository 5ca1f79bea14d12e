package dev.kedge.experiment;

import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.v1.Experiment;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Results that a test says are there. */
final class ResultsInMemory implements ResultActivities {
  private static final double COMPUTED = 60;

  private final Map<String, StageEvent> results = new ConcurrentHashMap<>();
  private final Set<String> missed = ConcurrentHashMap.newKeySet();
  private final Map<String, Runnable> meanwhiles = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean outOfReach;

  /** What the experiment made is there for others. */
  void keep(Experiment experiment) {
    experiment
        .getStagesList()
        .forEach(
            stage ->
                results.put(
                    stage.getKey(),
                    StageEvent.newBuilder()
                        .setResult(
                            StageResult.newBuilder()
                                .setKey(stage.getKey())
                                .setArtifact(stage.getArtifact())
                                .setCached(true)
                                .setComputeSeconds(COMPUTED))
                        .build()));
  }

  /** The next look does not find a result though it is kept. */
  void missNext(String key) {
    missed.add(key);
  }

  /** From now on nobody can look. */
  void loseSight() {
    outOfReach = true;
  }

  /** Before a result of this key is answered. */
  void whileLooking(String key, Runnable meanwhile) {
    meanwhiles.put(key, meanwhile);
  }

  int looks() {
    return looks.get();
  }

  @Override
  public StageEvent findResult(String project, String key) {
    looks.incrementAndGet();
    meanwhiles.getOrDefault(key, () -> {}).run();
    if (outOfReach) {
      throw ApplicationFailure.newFailure("no store", "STORE_UNAVAILABLE");
    }
    return missed.remove(key)
        ? StageEvent.getDefaultInstance()
        : results.getOrDefault(key, StageEvent.getDefaultInstance());
  }
}
