package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The training runs: every method, at every point of its grid, with every seed. */
final class Runs {
  private Runs() {}

  /**
   * The runs of one method, those of one grid point beside each other.
   *
   * @param fisher gives the FISHER stage of a calibration
   */
  static List<Run> of(Method method, Training training, Function<Method.Ewc, Input> fisher) {
    Axis rates = Axis.learningRate(training.getLearningRateList());
    List<Run> runs = new ArrayList<>();
    for (Setting setting : Setting.of(method, fisher)) {
      for (double rate : rates.values()) {
        var point =
            new Setting(
                setting.id() + rates.inId(rate),
                setting.label() + rates.inLabel(rate),
                setting.spec());
        runs.addAll(seeds(method, point, training, rate));
      }
    }
    return runs;
  }

  private static List<Run> seeds(Method method, Setting point, Training training, double rate) {
    List<Long> seeds = Optimisations.seeds(training);
    return seeds.stream()
        .map(
            seed ->
                new Run(
                    method.getId(),
                    point.id() + (seeds.size() == 1 ? "" : "-seed" + Long.toUnsignedString(seed)),
                    point.label(),
                    point.spec(),
                    Optimisations.of(training, rate, seed)))
        .toList();
  }

  /** How many stages a file would make, at most; counted without making them. */
  static long stages(ExperimentSpec spec) {
    long runs = spec.getMethodsList().stream().mapToLong(method -> count(method, spec)).sum();
    long fishers = spec.getMethodsList().stream().filter(Method::hasEwc).count();
    long others = 5; // the base and its evaluation, SELECT, AVERAGE, REPORT
    return 2 * runs + soups(spec) + fishers + Datasets.references(spec).size() + others;
  }

  /** How many points a file would compare. */
  static long points(ExperimentSpec spec) {
    long base = spec.hasBase() ? 1 : 0;
    long runs =
        spec.getMethodsList().stream()
            .mapToLong(method -> count(method, spec) * (1 + alphas(method, spec)))
            .sum();
    return base + runs + soups(spec);
  }

  private static long count(Method method, ExperimentSpec spec) {
    return Setting.count(method)
        * spec.getTraining().getLearningRateCount()
        * Optimisations.seeds(spec.getTraining()).size();
  }

  private static long alphas(Method method, ExperimentSpec spec) {
    return spec.getAveragesList().stream()
        .filter(average -> average.getOfList().contains(method.getId()))
        .mapToLong(average -> average.getWiseFt().getAlphasCount())
        .sum();
  }

  private static long soups(ExperimentSpec spec) {
    return spec.getAveragesList().stream()
        .filter(average -> average.hasUniformSoup())
        .mapToLong(average -> average.getOfCount())
        .sum();
  }
}
