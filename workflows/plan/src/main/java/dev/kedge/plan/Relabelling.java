package dev.kedge.plan;

import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import java.util.Map;
import java.util.TreeSet;

/**
 * Says in a comparison's labels what people changed on a retry: `l2 λ=0.1` must not name a run that
 * was made with another λ.
 *
 * @param changed by the id of a stage, its changed parameters
 */
record Relabelling(Map<String, Map<String, String>> changed) {
  StageSpec of(StageSpec spec) {
    return switch (spec.getStageCase()) {
      case SELECT ->
          spec.toBuilder()
              .setSelect(spec.getSelect().toBuilder().setStudy(of(spec.getSelect().getStudy())))
              .build();
      case REPORT ->
          spec.toBuilder()
              .setReport(spec.getReport().toBuilder().setStudy(of(spec.getReport().getStudy())))
              .build();
      case OVERLAP -> spec;
      default -> throw new IllegalArgumentException(spec.getStageCase() + " has no labels");
    };
  }

  private Study of(Study study) {
    Study.Builder named = study.toBuilder().setReference(reference(study));
    named.getPointsBuilderList().forEach(point -> point.setLabel(label(point.build())));
    return named.build();
  }

  private String reference(Study study) {
    return study.getPointsList().stream()
        .filter(point -> point.getLabel().equals(study.getReference()))
        .map(this::label)
        .findFirst()
        .orElse(study.getReference());
  }

  private String label(Study.Point point) {
    var changes = new TreeSet<String>();
    point
        .getTrainingList()
        .forEach(
            training ->
                changed
                    .getOrDefault(training.getStage(), Map.of())
                    .forEach((path, value) -> changes.add(path + "=" + value)));
    return changes.isEmpty()
        ? point.getLabel()
        : point.getLabel() + " (changed: " + String.join(", ", changes) + ")";
  }
}
