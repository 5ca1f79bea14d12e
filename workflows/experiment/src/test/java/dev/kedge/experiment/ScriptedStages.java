package dev.kedge.experiment;

import dev.kedge.stage.v1.Held;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Stages that succeed at once, unless a test has said otherwise for their next attempts. */
final class ScriptedStages implements StageActivities {
  private final Map<String, Queue<Supplier<StageEvent>>> scripts = new ConcurrentHashMap<>();
  private final Map<String, Integer> atOnce = new ConcurrentHashMap<>();
  private final Map<String, Integer> most = new ConcurrentHashMap<>();
  private int mostInAll;
  private volatile Duration duration = Duration.ZERO;
  private final Map<String, SpanContext> spans = new ConcurrentHashMap<>();
  private final List<RunRequest> asked = new CopyOnWriteArrayList<>();
  private final Map<String, String> activities = new ConcurrentHashMap<>();

  void next(String stage, Supplier<StageEvent> attempt) {
    scripts.computeIfAbsent(stage, id -> new ArrayDeque<>()).add(attempt);
  }

  /** Every stage takes so long, whatever else it does. */
  void takeTime(Duration each) {
    duration = each;
  }

  void failNext(String stage, String reason, String blame, boolean retryable) {
    next(
        stage,
        () -> {
          throw retryable
              ? ApplicationFailure.newFailure("no luck", reason, blame)
              : ApplicationFailure.newNonRetryableFailure("no luck", reason, blame);
        });
  }

  void holdNext(String stage) {
    next(
        stage, () -> StageEvent.newBuilder().setHeld(Held.newBuilder().setHolder("other")).build());
  }

  /** Succeeds, but not before a test allows it. */
  void waitNext(String stage, CountDownLatch allowed) {
    next(stage, () -> waitFor(allowed));
  }

  /** Stays in the stage until it is cancelled. */
  void blockNext(String stage) {
    next(stage, ScriptedStages::block);
  }

  /** Computes until it is cancelled. */
  void computeNext(String stage) {
    next(stage, ScriptedStages::compute);
  }

  /** Fails for good, after so many seconds of computing. */
  void failAfterNext(String stage, double seconds) {
    next(
        stage,
        () -> {
          throw ApplicationFailure.newNonRetryableFailure("no luck", "R", "USER", 7L, seconds);
        });
  }

  /** Is heard of once, then never again. */
  void fallSilentNext(String stage, long done) {
    next(
        stage,
        () -> {
          Activity.getExecutionContext().heartbeat(Progress.newBuilder().setDone(done).build());
          sleep(11_000);
          throw new IllegalStateException("nobody waits for this any more");
        });
  }

  private static StageEvent waitFor(CountDownLatch allowed) {
    while (allowed.getCount() > 0) {
      Activity.getExecutionContext().heartbeat(Progress.getDefaultInstance());
      sleep(20);
    }
    return success(RunRequest.getDefaultInstance());
  }

  private static StageEvent compute() {
    long start = System.nanoTime();
    while (true) {
      double seconds = (System.nanoTime() - start) / 1e9;
      Activity.getExecutionContext()
          .heartbeat(Progress.newBuilder().setComputeSeconds(seconds).build());
      sleep(100);
    }
  }

  private static StageEvent block() {
    while (true) {
      try {
        Activity.getExecutionContext().heartbeat(Progress.getDefaultInstance());
      } catch (ActivityCompletionException cancelled) {
        throw cancelled;
      }
      sleep(100);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  List<RunRequest> asked(String stage) {
    return asked.stream().filter(request -> id(request).equals(stage)).toList();
  }

  /** Temporal's id of the stage's last attempt. */
  String activity(String stage) {
    return activities.get(stage);
  }

  int askedInAll() {
    return asked.size();
  }

  private static String id(RunRequest request) {
    return request.getRequester().substring(request.getRequester().lastIndexOf('/') + 1);
  }

  @Override
  public StageEvent runStage(RunRequest request) {
    activities.put(id(request), Activity.getExecutionContext().getInfo().getActivityId());
    asked.add(request);
    spans.put(id(request), Span.current().getSpanContext());
    announce(id(request));
    begin(request.getProject());
    try {
      sleep(duration.toMillis());
      Queue<Supplier<StageEvent>> script = scripts.getOrDefault(id(request), new ArrayDeque<>());
      Supplier<StageEvent> attempt = script.poll();
      return attempt == null ? success(request) : attempt.get();
    } finally {
      atOnce.merge(request.getProject(), -1, Integer::sum);
    }
  }

  /** The span that the stage's last attempt was made in. */
  SpanContext spanOf(String stage) {
    return spans.get(stage);
  }

  private synchronized void begin(String project) {
    int now = atOnce.merge(project, 1, Integer::sum);
    most.merge(project, now, Math::max);
    mostInAll = Math.max(mostInAll, atOnce.values().stream().mapToInt(Integer::intValue).sum());
  }

  /** How many stages of the project were at work at the same time. */
  int mostAtOnce(String project) {
    return most.getOrDefault(project, 0);
  }

  synchronized int mostAtOnceInAll() {
    return mostInAll;
  }

  /** As a worker does. */
  private static void announce(String stage) {
    ActivityExecutionContext activity = Activity.getExecutionContext();
    activity
        .getWorkflowClient()
        .newWorkflowStub(ExperimentWorkflow.class, activity.getInfo().getWorkflowId())
        .stageStarted(stage, activity.getInfo().getActivityId());
  }

  private static StageEvent success(RunRequest request) {
    return StageEvent.newBuilder()
        .setResult(
            StageResult.newBuilder()
                .setKey(request.getKey())
                .setArtifact("sha256:" + request.getKey())
                .putMetrics("accuracy", 0.5))
        .build();
  }
}
