package dev.kedge.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reader of the answer must know beside its numbers. */
record Notes(Evidence evidence, Optional<Choice> choice) {
  private static final int SEEDS_FOR_A_CLAIM = 5;
  private static final String UNCHOSEN =
      "The SELECT stage was skipped, and REPORT data never chooses: so no point is recommended. To"
          + " have one recommended, retry that stage.";

  List<String> all() {
    List<String> notes = new ArrayList<>(choice.map(Choice::notes).orElse(List.of(UNCHOSEN)));
    majorities().ifPresent(notes::add);
    evidence.suites().stream().flatMap(this::zeroShot).forEach(notes::add);
    missingSeeds().ifPresent(notes::add);
    fewSeeds().ifPresent(notes::add);
    manyTests().ifPresent(notes::add);
    return notes;
  }

  /** What an accuracy of choices must beat. */
  private Optional<String> majorities() {
    String suites = evidence.suites().stream().flatMap(this::majority).collect(joining(", "));
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of("Always taking the most frequent choice is right on %s.".formatted(suites));
  }

  private Stream<String> majority(Suite suite) {
    Scores any = evidence.points().get(0).runs().get(0).scores().get(suite.id());
    return any.majority().stream()
        .map(share -> String.format(Locale.ROOT, "%.1f%% of '%s'", 100 * share, suite.id()));
  }

  private Stream<String> zeroShot(Suite suite) {
    List<String> unknown =
        evidence.points().stream()
            .flatMap(point -> point.runs().stream())
            .flatMap(run -> run.scores().get(suite.id()).unknown().stream())
            .distinct()
            .toList();
    return unknown.isEmpty()
        ? Stream.of()
        : Stream.of(
            "'%s' has classes that the task does not (%s): all its classes are told apart by zero-shot heads."
                .formatted(suite.id(), String.join(", ", unknown)));
  }

  private Optional<String> missingSeeds() {
    String points =
        evidence.points().stream()
            .filter(point -> !evidence.missingSeeds(point).isEmpty())
            .map(point -> "'%s' lacks %s".formatted(point.label(), seeds(point)))
            .collect(joining("; "));
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("Runs are missing: %s. Means are over the other seeds alone; with fewer than %d they"
                    + " are conditional on these runs.")
                .formatted(points, SEEDS_FOR_A_CLAIM));
  }

  private String seeds(Point point) {
    List<Long> missing = evidence.missingSeeds(point);
    return (missing.size() == 1 ? "seed " : "seeds ")
        + missing.stream().map(String::valueOf).collect(joining(", "));
  }

  private Optional<String> fewSeeds() {
    int seeds = evidence.seeds().size();
    // A base alone was not trained here, and has none.
    return seeds > 0 && seeds < SEEDS_FOR_A_CLAIM
        ? Optional.of(
            "%d %s: conditional on these runs. A claim about a method needs at least %d seeds."
                .formatted(seeds, seeds == 1 ? "seed" : "seeds", SEEDS_FOR_A_CLAIM))
        : Optional.empty();
  }

  /** Where correction leaves no p value below 5%, since a bootstrap's cannot be smaller. */
  private Optional<String> manyTests() {
    long roles =
        Stream.of(Role.values())
            .filter(role -> !evidence.suites(role, Use.REPORT).isEmpty())
            .count();
    long tests = (evidence.points().size() - 1) * roles;
    return tests * Resamples.SMALLEST_P_VALUE > Holm.LEVEL
        ? Optional.of(
            ("The %d tests of the table of points are too many for %,d resamples: none can hold after Holm's"
                    + " correction there, whatever the difference. Look at each method as it would be chosen, or"
                    + " make the grids smaller.")
                .formatted(tests, CrossedBootstrap.RESAMPLES))
        : Optional.empty();
  }
}
