package dev.kedge.plan;

import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The averages, and the methods that they are made for. */
final class AverageRules {
  private final ExperimentSpec spec;
  private final Problems problems;
  private final List<String> methods;
  private final Set<String> interpolated = new HashSet<>();

  AverageRules(ExperimentSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
    this.methods = spec.getMethodsList().stream().map(Method::getId).toList();
  }

  void check() {
    new IdRules("averages", "", problems)
        .check(spec.getAveragesList().stream().map(Average::getId).toList());
    for (int i = 0; i < spec.getAveragesCount(); i++) {
      check(spec.getAverages(i), Problems.at("averages", i));
    }
  }

  private void check(Average average, String path) {
    switch (average.getAverageCase()) {
      case WISE_FT -> checkWiseFt(average, path);
      case UNIFORM_SOUP -> {}
      case AVERAGE_NOT_SET -> problems.add(path, "missing: give wise_ft or uniform_soup");
    }
    problems.require(average.getOfCount() > 0, path + ".of", "missing: name at least one method");
    problems.requireDistinct(average.getOfList(), path + ".of");
    for (int i = 0; i < average.getOfCount(); i++) {
      String of = average.getOf(i);
      problems.require(
          methods.contains(of),
          Problems.at(path + ".of", i),
          "there is no method `%s`: the methods are %s".formatted(of, methods));
    }
  }

  private void checkWiseFt(Average average, String path) {
    problems.require(
        !spec.hasNewModel(), path + ".wise_ft", "needs a base: a new model has random weights");
    List<Double> alphas = average.getWiseFt().getAlphasList();
    String list = path + ".wise_ft.alphas";
    problems.require(!alphas.isEmpty(), list, "missing: give at least one");
    problems.requireDistinct(alphas, list);
    for (int i = 0; i < alphas.size(); i++) {
      double alpha = alphas.get(i);
      problems.require(
          alpha >= 0 && alpha <= 1,
          Problems.at(list, i),
          "%s is not in [0, 1]: 0 is the base, 1 the fine-tuned model"
              .formatted(Numbers.text(alpha)));
    }
    requireOnce(average, path);
    requireSameHead(average, path);
  }

  /** A probe takes a copy of a tied head, so its checkpoints have a tensor that the base lacks. */
  private void requireSameHead(Average average, String path) {
    for (int i = 0; i < average.getOfCount(); i++) {
      String of = average.getOf(i);
      boolean probes =
          spec.getMethodsList().stream()
              .anyMatch(
                  method -> method.getId().equals(of) && (method.hasLp() || method.hasLpFt()));
      problems.require(
          !(probes && Languages.isLanguage(spec.getTask())),
          Problems.at(path + ".of", i),
          "`%s` gives a language model a head of its own, which its base may not have"
              .formatted(of));
    }
  }

  /** Points are labelled by method and α, so one sweep for each method. */
  private void requireOnce(Average average, String path) {
    for (int i = 0; i < average.getOfCount(); i++) {
      problems.require(
          interpolated.add(average.getOf(i)),
          Problems.at(path + ".of", i),
          "`%s` has a wise_ft already: join their alphas".formatted(average.getOf(i)));
    }
  }
}
