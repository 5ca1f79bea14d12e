package dev.kedge.report;

import dev.kedge.v1.Overlap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a reader must know of what the sets of data have in common. */
public record OverlapNotes(Overlap overlap) {
  /** In the place of all of them. */
  public static final String NOT_COMPARED =
      "The OVERLAP stage was skipped: nobody knows whether tests share samples with the training data.";

  /**
   * A note for each test that shares samples and for each set with duplicates, and one where near
   * ones were not looked for.
   */
  public List<String> all() {
    return Stream.of(
            overlap.getBetweenList().stream().flatMap(pair -> between(pair).stream()),
            overlap.getWithinList().stream().flatMap(set -> within(set).stream()),
            notLookedFor().stream())
        .flatMap(Function.identity())
        .toList();
  }

  private Optional<String> notLookedFor() {
    return overlap.getTooManyWords() == 0
        ? Optional.empty()
        : Optional.of(
            "Near overlap of the texts was not looked for: %,d words are more than this service's memory allows; give dataprep more memory."
                .formatted(overlap.getTooManyWords()));
  }

  private static Optional<String> between(Overlap.Between pair) {
    int exact = pair.getExact().getCount();
    int near = pair.getNear().getCount();
    if (exact + near == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "'%s' shares samples with %s: %,d exactly, %,d nearly, for example %s. Look at the results without them too."
            .formatted(
                pair.getTested(),
                other(pair),
                exact,
                near,
                example(exact > 0 ? pair.getExact() : pair.getNear())));
  }

  /** Of the samples that were tested, perhaps none is among the examples. */
  private static String example(Overlap.Matches matches) {
    if (matches.getExamplesCount() == 0) {
      return matches.getSamples(0);
    }
    Overlap.Match first = matches.getExamples(0);
    return "%s (there %s)".formatted(first.getSample(), first.getOther());
  }

  private static String other(Overlap.Between pair) {
    String what =
        switch (pair.getOtherPurpose()) {
          case "TRAINING" -> "the training data";
          case "CALIBRATION" -> "calibration data";
          case "EXAMPLES" -> "data that solved examples are drawn from";
          default -> "data that chooses";
        };
    return "%s ('%s')".formatted(what, pair.getOther());
  }

  private static Optional<String> within(Overlap.Within set) {
    int exact = set.getExact().getCount();
    int near = set.getNear().getCount();
    return exact + near == 0
        ? Optional.empty()
        : Optional.of(
            "Of the %,d samples of '%s', %,d are copies of earlier ones, and %,d are nearly the same as others."
                .formatted(set.getSamples(), set.getSet(), exact, near));
  }
}
