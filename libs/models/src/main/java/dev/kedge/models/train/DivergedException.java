package dev.kedge.models.train;

import java.util.List;

/** Loss or gradient is no longer a number; the data or the settings are to blame. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int NAMED = 3;

  private final List<String> samples;

  DivergedException(int step, double loss, double norm, List<String> samples) {
    super(
        ("training diverged at step %d: loss %s, gradient norm %s%s; lower"
                + " optimisation.learning_rate, raise optimisation.warmup_steps or lower λ, or look"
                + " at these samples")
            .formatted(step, loss, norm, named(samples)));
    this.samples = List.copyOf(samples);
  }

  private DivergedException(String message) {
    super(message);
    this.samples = List.of();
  }

  /** The weights say nothing of the validation data even before they are trained. */
  static DivergedException beforeTheFirstStep(double validationLoss) {
    return new DivergedException(
        "the validation loss is %s before the first step: look at the base and the validation data"
            .formatted(validationLoss));
  }

  private static String named(List<String> samples) {
    if (samples.isEmpty()) {
      return "";
    }
    String first = String.join(", ", samples.subList(0, Math.min(NAMED, samples.size())));
    int more = samples.size() - NAMED;
    return ", on samples " + first + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** Names of the batch's samples, where they have names. */
  public List<String> samples() {
    return samples;
  }
}
