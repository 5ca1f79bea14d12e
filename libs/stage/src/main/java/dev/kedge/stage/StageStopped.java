package dev.kedge.stage;

/** Ends a stage that was asked to stop. Executors let it pass. */
public final class StageStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a stage stops. */
  public enum Why {
    /** Every requester withdrew. */
    CANCELLED,
    /** Every caller vanished, and the grace period is over. */
    ABANDONED,
    /** Another process took the lease. */
    LEASE_LOST,
    /** This process is going down. */
    SHUTDOWN
  }

  private final Why why;

  /** Stops for the given reason. */
  public StageStopped(Why why) {
    super("the stage was stopped: " + why);
    this.why = why;
  }

  /** The reason. */
  public Why why() {
    return why;
  }
}
