package dev.kedge.stage;

import dev.kedge.stage.v1.LogLine;
import dev.kedge.store.Lease;
import java.time.Duration;

/**
 * The time in which a stage's lease is held: it is renewed, events go on record, it is released.
 */
record LeaseScope(
    EventStream events,
    EventRecorder recorder,
    StageReporter reporter,
    StopSignal stop,
    Duration renewEvery) {
  /** Events reach the log at most so much later, and the time of one write. */
  private static final Duration RECORD_EVERY = Duration.ofSeconds(1);

  /** What is done while the lease is held. */
  interface Work {
    Ending doneUnder(LeaseKeeper keeper) throws Exception;
  }

  Ending hold(Lease lease, Work work) throws Exception {
    events.begin(lease.epoch());
    var keeper = new LeaseKeeper(lease, stop, reporter::warn);
    Background renewing = Background.every(renewEvery, "kedge-lease", keeper::renew);
    Background recording =
        Background.every(RECORD_EVERY, "kedge-events", () -> record(lease.epoch()));
    try {
      return work.doneUnder(keeper);
    } catch (Throwable failure) {
      // The process's log says it of all stages, those without a lease included.
      reporter.tell(LogLine.Level.WARNING, "ends without a result: " + failure.getMessage());
      throw failure;
    } finally {
      renewing.stop();
      recording.stop();
      record(lease.epoch());
      keeper.release();
    }
  }

  private void record(long epoch) {
    reporter.flush();
    recorder.record(epoch);
  }
}
