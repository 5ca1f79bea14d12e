package dev.kedge.stage;

/** Seconds of computing: those of earlier attempts and those since {@link #start}. */
final class ComputeClock {
  private static final double NANOS = 1e9;

  private final double earlierSeconds;
  private volatile long startNanos;
  private volatile boolean started;

  ComputeClock(double earlierSeconds) {
    this.earlierSeconds = earlierSeconds;
  }

  void start() {
    startNanos = System.nanoTime();
    started = true;
  }

  double seconds() {
    return started ? earlierSeconds + (System.nanoTime() - startNanos) / NANOS : earlierSeconds;
  }
}
