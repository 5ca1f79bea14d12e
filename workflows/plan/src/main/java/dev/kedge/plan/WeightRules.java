package dev.kedge.plan;

import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The weights that a file gives to runs. */
record WeightRules(ExperimentSpec spec, Problems problems) {
  /**
   * Finds what is wrong with them.
   *
   * @param of the path of the methods
   */
  void check(Average average, String path, String of) {
    Map<String, Double> weights = average.getLinear().getWeightsMap();
    Set<String> known = new TreeSet<>(Set.of(StudyBuilder.BASE));
    for (int i = 0; i < average.getOfCount(); i++) {
      List<String> runs = runs(average.getOf(i));
      known.addAll(runs);
      if (!runs.isEmpty()) {
        checkSum(weights, runs, path, Problems.at(of, i));
      }
    }
    new TreeSet<>(weights.keySet())
        .forEach(
            id -> {
              String place = path + "." + id;
              problems.require(
                  known.contains(id), place, "there is no such run: there are " + known);
              problems.require(
                  Double.isFinite(weights.get(id)),
                  place,
                  "%s must be a number".formatted(Numbers.text(weights.get(id))));
            });
  }

  private void checkSum(Map<String, Double> weights, List<String> runs, String path, String of) {
    double base = weights.getOrDefault(StudyBuilder.BASE, 0.0);
    double sum = base + runs.stream().mapToDouble(run -> weights.getOrDefault(run, 0.0)).sum();
    if (runs.stream().noneMatch(weights::containsKey)) {
      problems.add(of, "no run has a weight in %s: give one to some of %s".formatted(path, runs));
    } else {
      problems.require(
          !(sum <= 0), path, "their sum is %s: it must be positive".formatted(Numbers.text(sum)));
    }
  }

  /** Ids of a method's runs; none where there are too many anyway. */
  private List<String> runs(String method) {
    return spec.getMethodsList().stream()
        .filter(one -> one.getId().equals(method))
        .filter(one -> Runs.count(one, spec) <= Plan.MOST_STAGES)
        .flatMap(one -> Runs.ids(one, spec).stream())
        .toList();
  }
}
