package dev.kedge.plan;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.SelectSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes what was skipped out of the comparison. */
final class Pruning {
  private Pruning() {}

  static StageSpec without(Set<String> skipped, StageSpec spec) {
    return switch (spec.getStageCase()) {
      case OVERLAP -> spec.toBuilder().setOverlap(without(skipped, spec.getOverlap())).build();
      case SELECT -> spec.toBuilder().setSelect(without(skipped, spec.getSelect())).build();
      case REPORT -> spec.toBuilder().setReport(without(skipped, spec.getReport())).build();
      default -> throw new IllegalArgumentException(spec.getStageCase() + " needs all its inputs");
    };
  }

  /** Whether there is anything left to compare. */
  static boolean leavesEnough(StageSpec spec, Set<String> skipped) {
    return spec.hasOverlap()
        ? without(skipped, spec.getOverlap()).getSetsCount() > 1
        : leavesPoints(spec, skipped);
  }

  private static boolean leavesPoints(StageSpec spec, Set<String> skipped) {
    Study study = spec.hasSelect() ? spec.getSelect().getStudy() : spec.getReport().getStudy();
    return without(skipped, study).getPointsCount() > 0;
  }

  private static OverlapSpec without(Set<String> skipped, OverlapSpec overlap) {
    return overlap.toBuilder()
        .clearSets()
        .addAllSets(
            overlap.getSetsList().stream()
                .filter(set -> !isSkipped(set.getDataset(), skipped))
                .toList())
        .build();
  }

  private static SelectSpec without(Set<String> skipped, SelectSpec select) {
    return select.toBuilder().setStudy(without(skipped, select.getStudy())).build();
  }

  private static ReportSpec without(Set<String> skipped, ReportSpec report) {
    ReportSpec.Builder pruned = report.toBuilder().setStudy(without(skipped, report.getStudy()));
    if (isSkipped(report.getSelection(), skipped)) {
      pruned.clearSelection();
    }
    if (isSkipped(report.getRecommended(), skipped)) {
      pruned.clearRecommended();
    }
    if (isSkipped(report.getOverlap(), skipped)) {
      pruned.clearOverlap();
    }
    pruned.clearImportances();
    report.getImportancesList().stream()
        .filter(importance -> !isSkipped(importance.getFisher(), skipped))
        .forEach(pruned::addImportances);
    return pruned.build();
  }

  private static Study without(Set<String> skipped, Study study) {
    List<Study.Point> left =
        study.getPointsList().stream()
            .filter(point -> Collections.disjoint(References.in(point), skipped))
            .toList();
    Set<String> labels = left.stream().map(Study.Point::getLabel).collect(Collectors.toSet());
    Study.Builder pruned =
        study.toBuilder()
            .clearPoints()
            .addAllPoints(left)
            .clearNeeded()
            .addAllNeeded(withoutNeeded(skipped, study));
    study.getPointsList().stream()
        .map(Study.Point::getLabel)
        .distinct()
        .filter(label -> !labels.contains(label))
        .forEach(pruned::addLeftOut);
    if (!labels.contains(study.getReference())) {
      pruned.clearReference();
    }
    return pruned.build();
  }

  private static List<Study.Needed> withoutNeeded(Set<String> skipped, Study study) {
    return study.getNeededList().stream()
        .filter(needed -> Collections.disjoint(References.in(needed), skipped))
        .toList();
  }

  private static boolean isSkipped(Input input, Set<String> skipped) {
    return skipped.contains(input.getStage());
  }
}
