package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The training runs: every method, at every point of its grid, with every seed. */
final class Runs {
  private Runs() {}

  /**
   * The runs of one method, those of one grid point beside each other.
   *
   * @param inputs gives what a run with this optimisation takes from elsewhere in the plan
   */
  static List<Run> of(
      Method method, ExperimentSpec file, Function<Optimisation, MethodInputs> inputs) {
    return points(method, file).stream()
        .flatMap(point -> seeds(method, point, file, inputs).stream())
        .toList();
  }

  private static List<Run> seeds(
      Method method,
      Point point,
      ExperimentSpec file,
      Function<Optimisation, MethodInputs> inputs) {
    List<Long> seeds = Optimisations.seeds(file.getTraining());
    List<Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      Optimisation optimisation = optimisation(method, file, point.rate, seed);
      MethodSpec.Builder spec = point.setting.spec().toBuilder();
      MethodParts.of(method).forEach(part -> part.finish(method, spec, inputs.apply(optimisation)));
      String id = id(point.setting, seed, seeds);
      runs.add(new Run(method.getId(), id, point.setting.label(), spec.build(), optimisation));
    }
    return runs;
  }

  private static String id(Setting point, long seed, List<Long> seeds) {
    return point.id() + (seeds.size() == 1 ? "" : "-seed" + Long.toUnsignedString(seed));
  }

  /** The ids of a method's runs, in their order. */
  static List<String> ids(Method method, ExperimentSpec file) {
    List<Long> seeds = Optimisations.seeds(file.getTraining());
    return points(method, file).stream()
        .flatMap(point -> seeds.stream().map(seed -> id(point.setting, seed, seeds)))
        .toList();
  }

  /** A point of the grid, its learning rate told. */
  private record Point(Setting setting, double rate) {}

  private static List<Point> points(Method method, ExperimentSpec file) {
    Axis rates = Axis.learningRate(rates(method, file.getTraining()));
    List<Point> points = new ArrayList<>();
    for (Setting setting : Setting.of(method)) {
      for (Number rate : rates.values()) {
        var told =
            new Setting(
                setting.id() + rates.inId(rate),
                setting.label() + rates.inLabel(rate),
                setting.spec());
        points.add(new Point(told, rate.doubleValue()));
      }
    }
    return points;
  }

  /** A linear probe may have learning rates and epochs of its own. */
  private static List<Double> rates(Method method, Training training) {
    return method.getLp().getLearningRateCount() > 0
        ? method.getLp().getLearningRateList()
        : training.getLearningRateList();
  }

  private static Optimisation optimisation(
      Method method, ExperimentSpec file, double rate, long seed) {
    Optimisation optimisation = Optimisations.of(file, rate, seed);
    int epochs = method.getLp().getEpochs();
    return epochs == 0 ? optimisation : optimisation.toBuilder().setEpochs(epochs).build();
  }

  /** The method that is full fine-tuning and nothing else, the measure of others. */
  static Optional<Method> full(ExperimentSpec spec) {
    return spec.getMethodsList().stream()
        .filter(method -> method.hasFull() && MethodParts.of(method).size() == 1)
        .findFirst();
  }

  /** How many stages a file would make, at most; counted without making them. */
  static long stages(ExperimentSpec spec, Catalog catalog) {
    long runs = spec.getMethodsList().stream().mapToLong(method -> count(method, spec)).sum();
    long others = 6; // OVERLAP, the base and its evaluation, SELECT, AVERAGE, REPORT
    long features = 1L + Optimisations.seeds(spec.getTraining()).size();
    return 2 * runs
        + averages(spec)
        + searches(spec)
        + fishers(spec)
        + features
        + preparations(spec, catalog)
        + others;
  }

  /** A data set in several shares takes a stage for each, and one that puts them together. */
  private static long preparations(ExperimentSpec spec, Catalog catalog) {
    return Datasets.references(spec).stream()
        .mapToLong(reference -> catalog.dataset(reference).map(Catalog.Dataset::shares).orElse(1))
        .map(shares -> shares > 1 ? shares + 1 : 1)
        .sum();
  }

  /** Stages that take Fisher information, and evaluate by it; what is the same counts twice. */
  private static long fishers(ExperimentSpec spec) {
    long ofMethods =
        spec.getMethodsList().stream()
            .filter(Method::hasEwc)
            .mapToLong(method -> Information.of(method.getEwc()).stages())
            .sum();
    return ofMethods
        + spec.getAveragesList().stream().mapToLong(average -> fishers(average, spec)).sum();
  }

  private static long fishers(Average average, ExperimentSpec spec) {
    long runs =
        spec.getMethodsList().stream()
            .filter(method -> average.getOfList().contains(method.getId()))
            .mapToLong(method -> count(method, spec))
            .sum();
    return switch (average.getAverageCase()) {
      case FISHER -> (1 + runs) * Information.of(average.getFisher()).stages() + runs;
      case FISHER_SOUP -> runs * Information.of(average.getFisherSoup()).stages();
      default -> 0;
    };
  }

  /** How many points a file would compare. */
  static long points(ExperimentSpec spec) {
    long base = spec.hasBase() ? 1 : 0;
    long runs =
        spec.getMethodsList().stream()
            .mapToLong(method -> count(method, spec) * (1 + averaged(method, spec, every -> true)))
            .sum();
    return base + runs + joint(spec).mapToLong(one -> one.getOfCount() * grid(one)).sum();
  }

  /** How many runs a method has. */
  static long count(Method method, ExperimentSpec spec) {
    return Setting.count(method)
        * rates(method, spec.getTraining()).size()
        * Optimisations.seeds(spec.getTraining()).size();
  }

  /** Averages of each run of a method, of some kinds. */
  private static long averaged(Method method, ExperimentSpec spec, Predicate<Average> kinds) {
    return spec.getAveragesList().stream()
        .filter(kinds)
        .filter(average -> Averaging.of(average).isOfEachRun())
        .filter(average -> average.getOfList().contains(method.getId()))
        .mapToLong(Runs::grid)
        .sum();
  }

  /** Stages that evaluate averages of all runs of a method. */
  private static long averages(ExperimentSpec spec) {
    return joint(spec).mapToLong(Average::getOfCount).sum();
  }

  /** Stages that search for a recipe, and those that evaluate what was found for one run. */
  private static long searches(ExperimentSpec spec) {
    long joint =
        joint(spec).filter(Runs::isSearched).mapToLong(one -> one.getOfCount() * grid(one)).sum();
    long ofEachRun =
        spec.getMethodsList().stream()
            .mapToLong(method -> count(method, spec) * averaged(method, spec, Runs::isSearched))
            .sum();
    return joint + 2 * ofEachRun;
  }

  private static boolean isSearched(Average average) {
    return Averaging.of(average).isSearched();
  }

  private static Stream<Average> joint(ExperimentSpec spec) {
    return spec.getAveragesList().stream().filter(average -> !Averaging.of(average).isOfEachRun());
  }

  private static long grid(Average average) {
    return Averaging.of(average).grid(average).size();
  }
}
