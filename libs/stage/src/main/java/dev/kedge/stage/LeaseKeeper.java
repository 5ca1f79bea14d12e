package dev.kedge.stage;

import dev.kedge.store.Lease;
import dev.kedge.store.StoreException;
import java.util.function.Consumer;

/**
 * Renews a lease while its stage runs. A store out of sight changes nothing; a lease taken by
 * another stops the stage.
 */
final class LeaseKeeper {
  private final Lease lease;
  private final StopSignal stop;
  private final Consumer<String> warn;
  private boolean outOfSight;

  LeaseKeeper(Lease lease, StopSignal stop, Consumer<String> warn) {
    this.lease = lease;
    this.stop = stop;
    this.warn = warn;
  }

  /** To be called well within the lease's time to live. */
  synchronized void renew() {
    try {
      renewOrStop();
      outOfSight = false;
    } catch (StoreException failure) {
      if (!outOfSight) {
        warn.accept(
            "the store does not take what is written; the work goes on: " + failure.getMessage());
      }
      outOfSight = true;
    }
  }

  /**
   * Makes sure that the lease is still held.
   *
   * @return true
   * @throws StageStopped if another has taken it
   * @throws StoreException if the store does not say
   */
  boolean held() {
    renewOrStop();
    if (stop.raisedFor(StageStopped.Why.LEASE_LOST)) {
      throw new StageStopped(StageStopped.Why.LEASE_LOST);
    }
    return true;
  }

  /** Lets go where the store can be reached; elsewhere the lease expires by itself. */
  void release() {
    try {
      lease.release();
    } catch (StoreException outOfReach) {
      warn.accept("the lease could not be released and has to expire: " + outOfReach.getMessage());
    }
  }

  private void renewOrStop() {
    if (!lease.renew()) {
      stop.raise(StageStopped.Why.LEASE_LOST);
    }
  }
}
