package dev.kedge.models.train;

/** Loss or gradient is no longer a number; the data or the settings are to blame. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int step, double loss, double norm) {
    super(
        ("training diverged at step %d: loss %s, gradient norm %s; lower learning_rate, raise"
                + " warmup_steps or lower λ")
            .formatted(step, loss, norm));
  }
}
