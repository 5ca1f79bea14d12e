package dev.kedge.models.train;

/** The learning rate as a function of the 0-based number of the step. */
@FunctionalInterface
public interface Schedule {
  double rate(int step);

  /** Linear warm-up {@code (s+1)/warmup}, never 0, then half a cosine to 0: WiSE-FT's schedule. */
  static Schedule cosine(double peak, int warmup, int steps) {
    return step ->
        step < warmup
            ? peak * (step + 1) / warmup
            : halfCosine(peak, step - warmup, steps - warmup);
  }

  /** Linear warm-up {@code (s+1)/warmup}, then constant. */
  static Schedule constant(double peak, int warmup) {
    return step -> step < warmup ? peak * (step + 1) / warmup : peak;
  }

  /**
   * Half a cosine up from {@code peak/25} over 30% of the steps, then half a cosine down to {@code
   * peak/250,000}: PyTorch's OneCycleLR with its defaults, momentum left alone.
   */
  static Schedule oneCycle(double peak, int steps) {
    double start = peak / 25;
    double end = start / 1e4;
    double top = 0.3 * steps - 1;
    return step ->
        step <= top
            ? between(start, peak, step / top)
            : between(peak, end, (step - top) / (steps - 1 - top));
  }

  private static double halfCosine(double peak, int step, int steps) {
    return peak * 0.5 * (1 + Math.cos(Math.PI * step / steps));
  }

  private static double between(double from, double to, double share) {
    return to + (from - to) / 2 * (1 + Math.cos(Math.PI * share));
  }
}
