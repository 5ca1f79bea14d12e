package dev.kedge.gateway.pages;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.kedge.report.page.ComparedPoints;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two experiments side by side.
 *
 * @param a the first
 * @param b the second
 * @param points what they answer
 * @param testsOfA tests that the first alone reports, each with its role
 * @param testsOfB likewise
 * @param changedInputs names of models and data sets that stand for other contents in each
 */
public record ComparisonView(
    ExperimentView a,
    ExperimentView b,
    ComparedPoints points,
    Set<String> testsOfA,
    Set<String> testsOfB,
    Set<String> changedInputs) {
  static ComparisonView of(ExperimentView a, Report first, ExperimentView b, Report second) {
    return new ComparisonView(
        a,
        b,
        ComparedPoints.of(first, second),
        without(tests(first), tests(second)),
        without(tests(second), tests(first)),
        changed(first, second));
  }

  /** Stages that are the same work in both, by kind. */
  public String shared() {
    Set<String> keys = keys(b);
    return counts(
        a.stages().stream().filter(view -> keys.contains(view.stage().getKey())).toList());
  }

  /** Stages that the first alone has. */
  public List<StageView> onlyInA() {
    return only(a, b);
  }

  /** Stages that the second alone has. */
  public List<StageView> onlyInB() {
    return only(b, a);
  }

  /** For example {@code 3 TRAIN, 6 EVALUATE}. */
  public String counts(List<StageView> stages) {
    Map<String, Long> kinds =
        stages.stream()
            .collect(groupingBy(view -> view.stage().getKind(), TreeMap::new, counting()));
    return kinds.isEmpty()
        ? "none"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(joining(", "));
  }

  private static List<StageView> only(ExperimentView one, ExperimentView other) {
    Set<String> keys = keys(other);
    return one.stages().stream().filter(view -> !keys.contains(view.stage().getKey())).toList();
  }

  private static Set<String> keys(ExperimentView view) {
    return view.stages().stream()
        .map(StageView::stage)
        .map(Stage::getKey)
        .filter(key -> !key.isEmpty())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> tests(Report report) {
    return report.getPointsList().stream()
        .flatMap(point -> point.getSuitesList().stream())
        .filter(suite -> suite.getUse().equals("REPORT"))
        .map(suite -> "%s (%s)".formatted(suite.getSuite(), suite.getRole()))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private static Set<String> changed(Report first, Report second) {
    Map<String, String> others = second.getOrigin().getInputsMap();
    return first.getOrigin().getInputsMap().entrySet().stream()
        .filter(input -> others.containsKey(input.getKey()))
        .filter(input -> !others.get(input.getKey()).equals(input.getValue()))
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }
}
