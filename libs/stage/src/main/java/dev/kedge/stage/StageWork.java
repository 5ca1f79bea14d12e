package dev.kedge.stage;

import dev.kedge.contract.StageKey;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Claim;
import dev.kedge.store.Digest;
import dev.kedge.store.Lease;
import dev.kedge.store.StoreException;
import io.micrometer.core.instrument.LongTaskTimer;
import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/** What there is to do for a stage: look for a result, claim, wait for a slot, compute, commit. */
final class StageWork {
  private static final Logger LOG = Logger.getLogger(StageWork.class);

  private final StageRequest request;
  private final String key;
  private final StageExecutor executor;
  private final ProjectScope project;
  private final StageEngine engine;
  private final StageTrace trace;
  private final StageLog log;
  private final StageReporter reporter;
  private final StopSignal stop;
  private final LeaseScope leaseScope;
  private final Patience patience;
  private final Commits commits;

  StageWork(
      StageRequest request,
      StageExecutor executor,
      ProjectScope project,
      StageEngine engine,
      StageTrace trace,
      StageLog log,
      StageReporter reporter,
      StopSignal stop,
      LeaseScope leaseScope) {
    this.request = request;
    this.key = request.id().key();
    this.executor = executor;
    this.project = project;
    this.engine = engine;
    this.trace = trace;
    this.log = log;
    this.reporter = reporter;
    this.stop = stop;
    this.leaseScope = leaseScope;
    this.patience = new Patience(engine.settings().storePatience(), stop, reporter::warn);
    this.commits = new Commits(project.store().results());
  }

  Ending run() throws Exception {
    Optional<CommittedStage> committed = committed();
    return committed.isPresent() ? Ending.result(committed.get(), true) : claim();
  }

  private Optional<CommittedStage> committed() {
    return patience.with(() -> commits.find(key));
  }

  private Ending claim() throws Exception {
    NumericsProfile own = executor.profile(request.spec());
    Claim claim = trace.step("claim", () -> patience.with(() -> claim(own)));
    if (claim instanceof Claim.Held held) {
      showInterest();
      return Ending.held(held);
    }
    Claim.Won won = (Claim.Won) claim;
    Lease lease = won.lease();
    log.attempt(lease.epoch());
    trace.attempt(lease.epoch());
    engine.metrics().claimed(request.kind(), lease.epoch());
    return leaseScope.hold(lease, keeper -> underLease(won, keeper, own));
  }

  private Claim claim(NumericsProfile own) {
    String holder = engine.settings().holder();
    return project.leases().claim(key, holder, CanonicalJson.tree(own.values()));
  }

  /** Whoever holds it goes on for this caller, though it may have none of its own left. */
  private void showInterest() {
    try {
      project.store().interest(key).show();
    } catch (StoreException outOfReach) {
      LOG.infof("that stage %s is wanted could not be told: %s", request.id(), outOfReach);
    }
  }

  private Ending underLease(Claim.Won won, LeaseKeeper keeper, NumericsProfile own)
      throws Exception {
    // Whoever held the lease before may have committed between the look and the claim.
    Optional<CommittedStage> committed = committed();
    if (committed.isPresent()) {
      return Ending.result(committed.get(), true);
    }
    patience
        .with(() -> commits.damage(key))
        .ifPresent(damage -> reporter.warn("runs again: its committed result lacks " + damage));
    CommittedStage made = computeAndCommit(won, keeper, own);
    discardProgress();
    return Ending.result(made, false);
  }

  private CommittedStage computeAndCommit(Claim.Won won, LeaseKeeper keeper, NumericsProfile own)
      throws Exception {
    Lease lease = won.lease();
    try (Workspace workspace = new Workspace(project.store(), engine.settings().scratch());
        Attempt attempt = attempt(lease, own, workspace)) {
      won.lost().ifPresent(gone -> reporter.warn(loss(gone, lease, attempt)));
      StageOutput output = compute(attempt);
      double seconds = attempt.clock().seconds();
      return trace.step("commit", () -> commit(output, seconds, attempt, lease, keeper));
    }
  }

  private static String loss(Claim.Held gone, Lease lease, Attempt attempt) {
    return "attempt %d was lost: %s fell silent; attempt %d %s"
        .formatted(
            gone.epoch(),
            gone.holder(),
            lease.epoch(),
            attempt.goesOn() ? "goes on from what it had saved" : "begins anew: nothing was saved");
  }

  private CommittedStage commit(
      StageOutput output, double seconds, Attempt attempt, Lease lease, LeaseKeeper keeper) {
    Digest artifact = patience.with(() -> Outputs.store(output, project.store()));
    patience.with(keeper::held);
    return patience.with(
        () -> commits.commit(committed(artifact, output, seconds, attempt, lease)));
  }

  private Attempt attempt(Lease lease, NumericsProfile own, Workspace workspace) {
    var progress = project.store().progress(key);
    var uploads =
        new ProgressUploads(
            progress, lease.epoch(), log.on(engine.threads()), stop, reporter::warn);
    var work = new WorkMeter(engine.metrics(), request.kind());
    return new Attempt(
        request.id(),
        project.store(),
        patience,
        own,
        reporter,
        stop,
        workspace,
        uploads,
        work,
        trace);
  }

  private StageOutput compute(Attempt attempt) throws Exception {
    LongTaskTimer.Sample waiting = engine.metrics().waiting(request.kind()).start();
    Span waitingSpan = trace.begin("wait for a slot");
    try {
      return engine
          .slots()
          .compute(
              stop,
              () -> reporter.info("waits for a compute slot"),
              () -> {
                waiting.stop();
                waitingSpan.end();
                return engine
                    .metrics()
                    .computing(request.kind())
                    .recordCallable(executing(attempt));
              });
    } finally {
      waiting.stop();
      waitingSpan.end();
    }
  }

  private Callable<StageOutput> executing(Attempt attempt) {
    return () -> {
      attempt.begin();
      return trace.step("compute", () -> executor.execute(request.spec(), attempt));
    };
  }

  private CommittedStage committed(
      Digest artifact, StageOutput output, double seconds, Attempt attempt, Lease lease) {
    StageSettings settings = engine.settings();
    var lineage =
        new Lineage(
            request.spec(),
            StageKey.algorithmVersion(request.kind()),
            attempt.profile(),
            attempt.exact(),
            settings.holder(),
            settings.version(),
            Math.toIntExact(lease.epoch()),
            Instant.now(),
            attempt.keptParts());
    return new CommittedStage(key, artifact.toString(), seconds, output.metrics(), lineage);
  }

  private void discardProgress() {
    try {
      project.store().progress(key).clear();
    } catch (StoreException outOfReach) {
      LOG.infof("progress of the committed stage %s stays: %s", request.id(), outOfReach);
    }
  }
}
