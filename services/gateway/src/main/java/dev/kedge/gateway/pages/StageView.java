package dev.kedge.gateway.pages;

import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stage for people.
 *
 * @param stage its record
 * @param progress what it said last, if it is at work
 */
public record StageView(Stage stage, Optional<StageProgress> progress) {
  /** As of a record alone. */
  static StageView of(Stage stage) {
    return new StageView(stage, Optional.empty());
  }

  /** Where it stands, for style sheets: {@code waiting}, {@code running}, … */
  public String state() {
    return stage.getState().name().toLowerCase(Locale.ROOT);
  }

  /** Where it stands, for people. */
  public String word() {
    return stage.getCached() ? "cached" : state();
  }

  /** How much of it is done, in [0, 1]; empty where nobody knows. */
  public Optional<Double> share() {
    if (stage.getState() == Stage.State.SUCCEEDED) {
      return Optional.of(1.0);
    }
    return progress
        .filter(known -> stage.getState() == Stage.State.RUNNING && known.getTotal() > 0)
        .map(known -> Math.min(1, known.getDone() / (double) known.getTotal()));
  }

  /** How far it is, for example {@code 120 of 400 steps}; empty where nobody knows. */
  public String done() {
    return progress
        .filter(known -> stage.getState() == Stage.State.RUNNING)
        .map(
            known ->
                known.getTotal() > 0
                    ? String.format(
                        Locale.ROOT,
                        "%,d of %,d %s",
                        known.getDone(),
                        known.getTotal(),
                        known.getUnit())
                    : String.format(Locale.ROOT, "%,d %s", known.getDone(), known.getUnit()))
        .orElse("");
  }

  /** What is special about it. */
  public String remarks() {
    String changed =
        new TreeMap<>(stage.getChangedMap())
            .entrySet().stream()
                .map(change -> "changed " + change.getKey() + "=" + change.getValue())
                .collect(Collectors.joining(", "));
    return Stream.of(
            stage.getWaitsFor(),
            stage.getAttempts() > 1 ? "attempt " + stage.getAttempts() : "",
            changed)
        .filter(remark -> !remark.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Whose fault it is that it is parked. */
  public String blame() {
    return switch (stage.getError().getBlame()) {
      case USER -> "an input or a parameter";
      case RESOURCES -> "the surroundings";
      default -> "Kedge itself";
    };
  }

  /** Whether somebody has to act. */
  public boolean isParked() {
    return stage.getState() == Stage.State.PARKED;
  }

  /** Whether it can be run again. */
  public boolean isRetriable() {
    return switch (stage.getState()) {
      case PARKED, SKIPPED, CANCELLED -> true;
      default -> false;
    };
  }

  /** Where its page is. */
  public String path() {
    return "/" + stage.getName();
  }
}
