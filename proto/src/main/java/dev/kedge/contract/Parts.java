package dev.kedge.contract;

import dev.kedge.stage.v1.DatasetPart;
import java.util.function.Supplier;

/** Which part of a data set a spec names, whatever the data set's form. */
public final class Parts {
  private Parts() {}

  /** One of the two parts of a split. */
  @FunctionalInterface
  public interface Split<T> {
    T of(double validationFraction, long seed);
  }

  /**
   * The part that is named.
   *
   * @throws IllegalArgumentException if none is
   */
  public static <T> T of(
      DatasetPart spec, Supplier<T> all, Split<T> training, Split<T> validation) {
    return switch (spec.getPart()) {
      case ALL -> all.get();
      case TRAINING -> training.of(spec.getValidationFraction(), spec.getSplitSeed());
      case VALIDATION -> validation.of(spec.getValidationFraction(), spec.getSplitSeed());
      case PART_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException(
              "it is not said which part of the data set is meant: set part");
    };
  }
}
