package dev.kedge.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Samples of one suite on which a model went from right to wrong, or back. Where the suite measures
 * bits per byte and has no choices, dearer is lost and cheaper is gained.
 *
 * @param lost how many went wrong
 * @param gained how many came right
 * @param lostExamples at most {@value #MOST} of those lost: of each class in turn, the clearest
 *     first
 * @param gainedExamples in the like order
 */
public record Flips(int lost, int gained, List<Pair> lostExamples, List<Pair> gainedExamples) {
  /** Most examples of each kind. */
  public static final int MOST = 8;

  /** What two models said of the same sample. */
  public record Pair(Prediction before, Prediction now) {}

  /**
   * A sample that flipped.
   *
   * @param place in the suite
   * @param group its class
   * @param clarity how sure the wrong one of the two models was
   */
  private record Change(int place, Pair pair, boolean isLost, int group, double clarity) {
    private static final Comparator<Change> CLEAREST =
        Comparator.comparingDouble(Change::clarity)
            .reversed()
            .thenComparing(Comparator.comparingInt(Change::place));
  }

  /** A change and how many of its class come before it. */
  private record Turn(int round, Change change) {}

  /**
   * Compares two models.
   *
   * @param before the first one's predictions
   * @param now the second one's, on the same samples
   */
  public static Flips of(Predictions before, Predictions now) {
    List<Change> lost = new ArrayList<>();
    List<Change> gained = new ArrayList<>();
    for (int i = 0; i < now.samples().size(); i++) {
      change(before, now, i).ifPresent(change -> (change.isLost() ? lost : gained).add(change));
    }
    return new Flips(lost.size(), gained.size(), examples(lost), examples(gained));
  }

  private static Optional<Change> change(Predictions before, Predictions now, int i) {
    Pair pair = new Pair(before.samples().get(i), now.samples().get(i));
    double change = judged(now, pair.now()) - judged(before, pair.before());
    if (change == 0) {
      return Optional.empty();
    }
    boolean lost = change < 0;
    double clarity =
        lost ? clarity(now, pair.now(), -change) : clarity(before, pair.before(), change);
    int group = pair.now() instanceof ClassPrediction sample ? sample.label() : 0;
    return Optional.of(new Change(i, pair, lost, group, clarity));
  }

  /** 1 for right and 0 for wrong; where there is neither, nats of a byte, negative. */
  private static double judged(Predictions predictions, Prediction sample) {
    if (sample instanceof ClassPrediction classified) {
      return classified.right() ? 1 : 0;
    }
    if (sample instanceof WrittenPrediction written) {
      return written.right() ? 1 : 0;
    }
    LanguagePrediction scored = (LanguagePrediction) sample;
    return ((LanguagePredictions) predictions)
        .right(scored)
        .map(right -> right ? 1.0 : 0.0)
        .orElse(-scored.nats() / scored.bytes());
  }

  private static double clarity(Predictions predictions, Prediction wrong, double difference) {
    if (wrong instanceof ClassPrediction classified) {
      return classified.confidence();
    }
    if (wrong instanceof LanguagePrediction scored && !scored.choices().isEmpty()) {
      return ((LanguagePredictions) predictions).margin(scored);
    }
    return difference;
  }

  private static List<Pair> examples(List<Change> changes) {
    Map<Integer, Integer> taken = new HashMap<>();
    List<Turn> turns = new ArrayList<>();
    for (Change change : changes.stream().sorted(Change.CLEAREST).toList()) {
      turns.add(new Turn(taken.merge(change.group(), 1, Integer::sum), change));
    }
    return turns.stream()
        .sorted(Comparator.comparingInt(Turn::round))
        .limit(MOST)
        .map(turn -> turn.change().pair())
        .toList();
  }
}
