package dev.kedge.stage;

import dev.kedge.stage.v1.StageKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One life of a stage in this process, from its first request to its end. The work goes on by
 * itself; callers come and go meanwhile.
 */
final class StageLife {
  private final StageKind kind;
  private final StageTrace trace;
  private final StageLog log;
  private final StageMetrics metrics;
  private final StopSignal stop = new StopSignal();
  private final EventStream events = new EventStream();
  private final EventRecorder recorder;
  private final Requesters requesters;
  private final StageWork work;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  StageLife(
      StageRequest request, StageExecutor executor, ProjectScope project, StageEngine engine) {
    this.kind = request.kind();
    this.trace = new StageTrace(request, engine.traces());
    this.log = new StageLog(request, trace.logFields());
    this.metrics = engine.metrics();
    this.recorder = new EventRecorder(events, project.store().events(request.id().key()));
    var reporter = new StageReporter(events, log);
    Duration grace = engine.settings().callerGrace();
    var elsewhere =
        new WantedElsewhere(project.store().interest(request.id().key()), grace, reporter::info);
    this.requesters =
        new Requesters(
            grace, engine.timer(), engine.threads(), elsewhere, stop, line -> tell(line, reporter));
    var leaseScope =
        new LeaseScope(events, recorder, reporter, stop, engine.settings().renewEvery());
    this.work =
        new StageWork(request, executor, project, engine, trace, log, reporter, stop, leaseScope);
  }

  /** As long as the lease is not had, there is no log to say it in. */
  private void tell(String line, StageReporter reporter) {
    if (events.hasBegun()) {
      reporter.info(line);
    }
  }

  /** Lets a caller follow; refuses, with false, once nobody wanted the stage and it is stopping. */
  boolean attach(String requester, Subscription caller) {
    boolean welcome = requesters.arrive(requester, caller);
    if (welcome) {
      trace.followed();
      caller.follow(events, recorder);
    }
    return welcome;
  }

  /** A caller broke off. */
  void vanish(String requester, Subscription caller) {
    caller.abandon();
    requesters.vanish(requester, caller);
  }

  /** Ends a requester's calls; says whether it was known here. */
  boolean withdraw(String requester) {
    Optional<Set<Subscription>> calls = requesters.withdraw(requester);
    Ending cancelled = Ending.failure(new StageStopped(StageStopped.Why.CANCELLED));
    calls.ifPresent(open -> open.forEach(call -> call.close(cancelled)));
    return calls.isPresent();
  }

  void stop(StageStopped.Why why) {
    stop.raise(why);
  }

  /** Works on the calling thread. Callers are told by {@link #end}. */
  Ending run() {
    long start = System.nanoTime();
    Ending ending = log.during(() -> trace.during(this::work));
    metrics.ended(kind, ending.outcome(), Duration.ofNanos(System.nanoTime() - start));
    return ending;
  }

  private Ending work() {
    try {
      return work.run();
    } catch (Throwable failure) {
      log.failed(failure);
      metrics.failed(kind, StageFailures.known(failure));
      return Ending.failure(failure);
    }
  }

  /** Tells all callers, those to come too, how it ended. */
  void end(Ending ending) {
    events.end(ending);
    over.complete(null);
  }

  /** Done when nothing of this life runs any more. */
  CompletableFuture<Void> over() {
    return over;
  }
}
