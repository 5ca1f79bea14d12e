package dev.kedge.gateway.pages;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.kedge.report.page.ComparedPoints;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedExperiment;
import dev.kedge.v1.ComparedStage;
import java.util.Map;
import java.util.TreeMap;

/** Two experiments side by side, for people. */
public record ComparisonView(CompareExperimentsResponse both) {
  /** What they answer. */
  public ComparedPoints points() {
    return ComparedPoints.of(both);
  }

  /** What people call one. */
  public String title(ComparedExperiment one) {
    return one.getDisplayName().isBlank() ? id(one) : one.getDisplayName();
  }

  /** The end of one's name. */
  public String id(ComparedExperiment one) {
    String name = one.getExperiment();
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Stages that are the same work in both, by kind. */
  public String shared() {
    return counts(new TreeMap<>(both.getSharedStagesMap()));
  }

  /** Stages that one alone has, by kind, for example {@code 6 EVALUATE, 3 TRAIN}. */
  public String alone(ComparedExperiment one) {
    return counts(
        one.getStagesAloneList().stream()
            .collect(groupingBy(ComparedStage::getKind, TreeMap::new, counting())));
  }

  private static String counts(Map<String, ? extends Number> kinds) {
    return kinds.isEmpty()
        ? "none"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(joining(", "));
  }
}
