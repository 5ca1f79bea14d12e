package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.Held;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Claim;
import dev.kedge.store.Digest;
import dev.kedge.store.Lease;
import dev.kedge.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * One life of a stage in this process, from the first request to its end: look for a result, claim,
 * wait for a slot, compute, commit. Callers come and go meanwhile.
 */
final class StageLife {
  private static final Logger LOG = Logger.getLogger(StageLife.class);

  /** Events reach the log at most so much later, and the time of one write. */
  private static final Duration RECORD_EVERY = Duration.ofSeconds(1);

  private final StageRequest request;
  private final StageExecutor executor;
  private final ProjectScope project;
  private final StageEngine engine;
  private final Commits commits;
  private final StopSignal stop = new StopSignal();
  private final EventStream events = new EventStream();
  private final Voice voice = new Voice(events);
  private final EventRecorder recorder;
  private final Requesters requesters;
  private final Patience patience;
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  StageLife(
      StageRequest request, StageExecutor executor, ProjectScope project, StageEngine engine) {
    this.request = request;
    this.executor = executor;
    this.project = project;
    this.engine = engine;
    this.commits = new Commits(project.store().results());
    this.recorder = new EventRecorder(events, project.store().events(request.id().key()));
    this.requesters = new Requesters(engine.settings().callerGrace(), engine.timer(), stop);
    this.patience = new Patience(engine.settings().storePatience(), stop);
  }

  /** Lets a caller follow; refuses, with false, once nobody wanted the stage and it is stopping. */
  boolean attach(String requester, Subscription caller) {
    boolean welcome = requesters.arrive(requester, caller);
    if (welcome) {
      caller.follow(events, recorder);
    }
    return welcome;
  }

  /** A caller broke off. */
  void vanish(String requester, Subscription caller) {
    caller.abandon();
    requesters.vanish(requester, caller);
  }

  /** Ends a requester's calls; says whether there were any. */
  boolean withdraw(String requester) {
    Optional<Set<Subscription>> calls = requesters.withdraw(requester);
    Ending cancelled = Ending.with(new StageStopped(StageStopped.Why.CANCELLED));
    calls.ifPresent(open -> open.forEach(call -> call.close(cancelled)));
    return calls.isPresent();
  }

  void stop(StageStopped.Why why) {
    stop.raise(why);
  }

  /** Done when nothing of this life runs any more. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Runs the whole life on the calling thread. Callers are told by {@link #end}. */
  Ending run() {
    try {
      return live();
    } catch (Throwable failure) {
      log(failure);
      return Ending.with(failure);
    }
  }

  private void log(Throwable failure) {
    if (StageFailures.isBug(failure)) {
      LOG.errorf(failure, "stage %s ends without a result", request.id());
    } else {
      LOG.infof("stage %s ends without a result: %s", request.id(), failure.getMessage());
    }
  }

  /** Tells all callers, those to come too, how it ended. */
  void end(Ending ending) {
    events.end(ending);
    over.complete(null);
  }

  private Ending live() throws Exception {
    Optional<CommittedStage> committed = commits.find(request.id().key());
    if (committed.isPresent()) {
      return result(committed.get(), true);
    }
    NumericsProfile own = executor.profile(request.spec());
    Claim claim =
        project
            .leases()
            .claim(
                request.id().key(), engine.settings().holder(), CanonicalJson.tree(own.values()));
    if (claim instanceof Claim.Held held) {
      return held(held);
    }
    return hold(((Claim.Won) claim).lease(), own);
  }

  private Ending hold(Lease lease, NumericsProfile own) throws Exception {
    events.begin(lease.epoch());
    LeaseKeeper keeper = new LeaseKeeper(lease, stop, voice::warn);
    Background renewing =
        Background.every(engine.settings().renewEvery(), "kedge-lease", keeper::renew);
    Background recording =
        Background.every(RECORD_EVERY, "kedge-events", () -> recordEvents(lease.epoch()));
    try {
      return whileHeld(lease, keeper, own);
    } catch (Throwable failure) {
      voice.warn("ends without a result: " + failure.getMessage());
      throw failure;
    } finally {
      renewing.stop();
      recording.stop();
      recordEvents(lease.epoch());
      keeper.release();
    }
  }

  private Ending whileHeld(Lease lease, LeaseKeeper keeper, NumericsProfile own) throws Exception {
    // Whoever held the lease before may have committed between the look and the claim.
    Optional<CommittedStage> committed = commits.find(request.id().key());
    if (committed.isPresent()) {
      return result(committed.get(), true);
    }
    commits
        .damage(request.id().key())
        .ifPresent(damage -> voice.warn("runs again: its committed result lacks " + damage));
    CommittedStage made = computeAndCommit(lease, keeper, own);
    discardProgress();
    return result(made, false);
  }

  private void discardProgress() {
    try {
      project.store().progress(request.id().key()).clear();
    } catch (StoreException outOfReach) {
      LOG.infof("progress of the committed stage %s stays: %s", request.id(), outOfReach);
    }
  }

  private CommittedStage computeAndCommit(Lease lease, LeaseKeeper keeper, NumericsProfile own)
      throws Exception {
    try (Workspace workspace = new Workspace(project.store(), engine.settings().scratch());
        Attempt attempt = attempt(lease, own, workspace)) {
      StageOutput output = compute(attempt);
      double seconds = attempt.clock().seconds();
      Digest artifact = patience.with(() -> Outputs.store(output, project.store()));
      patience.with(keeper::held);
      return patience.with(
          () -> commits.commit(committed(artifact, output, seconds, attempt, lease)));
    }
  }

  private Attempt attempt(Lease lease, NumericsProfile own, Workspace workspace) {
    var progress = project.store().progress(request.id().key());
    var uploads = new ProgressUploads(progress, lease.epoch(), engine.threads(), stop, voice::warn);
    NumericsProfile first = NumericsProfile.read(lease.profile());
    return new Attempt(
        request.id(), project.store(), patience, first, own, voice, stop, workspace, uploads);
  }

  private StageOutput compute(Attempt attempt) throws Exception {
    return engine
        .slots()
        .compute(
            stop,
            () -> voice.info("waits for a compute slot"),
            () -> {
              attempt.begin();
              return executor.execute(request.spec(), attempt);
            });
  }

  private CommittedStage committed(
      Digest artifact, StageOutput output, double seconds, Attempt attempt, Lease lease) {
    StageSettings settings = engine.settings();
    return new CommittedStage(
        request.id().key(),
        artifact.toString(),
        seconds,
        output.metrics(),
        new Lineage(
            request.spec(),
            StageKey.algorithmVersion(request.kind()),
            attempt.profile(),
            attempt.exact(),
            settings.holder(),
            settings.version(),
            Math.toIntExact(lease.epoch()),
            Instant.now()));
  }

  private void recordEvents(long epoch) {
    voice.flush();
    recorder.record(epoch);
  }

  private static Ending held(Claim.Held held) {
    Held message = Held.newBuilder().setHolder(held.holder()).setEpoch(held.epoch()).build();
    return Ending.with(StageEvent.newBuilder().setHeld(message).build());
  }

  private static Ending result(CommittedStage stage, boolean cached) {
    StageResult message =
        StageResult.newBuilder()
            .setKey(stage.key())
            .setArtifact(stage.artifact())
            .setCached(cached)
            .setComputeSeconds(stage.computeSeconds())
            .putAllMetrics(stage.metrics())
            .build();
    return Ending.with(StageEvent.newBuilder().setResult(message).build());
  }
}
