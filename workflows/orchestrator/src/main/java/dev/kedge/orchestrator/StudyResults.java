package dev.kedge.orchestrator;

import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.Evidence;
import dev.kedge.report.Prediction;
import dev.kedge.report.Predictions;
import dev.kedge.report.Scores;
import dev.kedge.report.StudyEvidence;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.StageCosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the stages of a study found and cost. Each stage and each folder is asked for once. */
final class StudyResults implements StudyEvidence.Measurements {
  private final Study study;
  private final StageContext context;
  private final Map<Producer, List<Producer>> needed;
  private final Map<Producer, CommittedStage> stages = new HashMap<>();
  private final Map<String, Evaluation> evaluations = new HashMap<>();

  StudyResults(Study study, StageContext context) {
    this.study = study;
    this.context = context;
    needed =
        study.getNeededList().stream()
            .collect(
                Collectors.toMap(
                    Study.Needed::getOf, Study.Needed::getNeedsList, (one, equal) -> one));
  }

  /**
   * All measurements of the study.
   *
   * @throws IllegalArgumentException naming what was not measured
   */
  Evidence evidence() {
    return StudyEvidence.of(study, this);
  }

  /** A stage that the study names. */
  CommittedStage stage(Producer producer) {
    return stages.computeIfAbsent(producer, context::producer);
  }

  @Override
  public Scores scores(Study.Point point, String suite) {
    return Scores.of(predictions(point, suite));
  }

  /** What a point said of a suite's samples. */
  Predictions predictions(Study.Point point, String suite) {
    context.checkStopping();
    return evaluations
        .computeIfAbsent(stage(point.getEvaluation()).artifact(), this::open)
        .predictions(suite, point.getCandidate());
  }

  /** How a point was tested on a suite, and on which data. */
  EvaluateSpec.Suite tested(Study.Point point, String suite) {
    return stage(point.getEvaluation()).lineage().spec().getEvaluate().getSuitesList().stream()
        .filter(test -> test.getId().equals(suite))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' was not evaluated on suite '%s'".formatted(point.getCandidate(), suite)));
  }

  /** The names of a suite's samples, in the data set's order. */
  List<String> samples(Study.Point point, String suite) {
    return predictions(point, suite).samples().stream().map(Prediction::sample).toList();
  }

  @Override
  public double computeSeconds(Study.Point point) {
    return behind(point).stream().mapToDouble(one -> stage(one).computeSeconds()).sum();
  }

  /** The stages that trained a point's parts, those that these needed, and so on; each once. */
  Set<Producer> behind(Study.Point point) {
    Set<Producer> found = new LinkedHashSet<>();
    Deque<Producer> open = new ArrayDeque<>(point.getTrainingList());
    while (!open.isEmpty()) {
      Producer next = open.remove();
      if (found.add(next)) {
        open.addAll(needed.getOrDefault(next, List.of()));
      }
    }
    return found;
  }

  /** What the stages behind all points took, each stage once, by kind. */
  List<StageCosts> costs() {
    Set<Producer> all = new LinkedHashSet<>();
    for (Study.Point point : study.getPointsList()) {
      all.addAll(behind(point));
      all.add(point.getEvaluation());
    }
    Map<StageKind, StageCosts.Builder> costs = new EnumMap<>(StageKind.class);
    for (Producer producer : all) {
      CommittedStage stage = stage(producer);
      StageKind kind = StageKind.valueOf(stage.lineage().spec().getStageCase().name());
      StageCosts.Builder cost =
          costs.computeIfAbsent(kind, each -> StageCosts.newBuilder().setKind(each.name()));
      cost.setStages(cost.getStages() + 1)
          .setComputeSeconds(cost.getComputeSeconds() + stage.computeSeconds());
    }
    return costs.values().stream().map(StageCosts.Builder::build).toList();
  }

  private Evaluation open(String artifact) {
    Path folder = context.artifact(artifact);
    try {
      return new Evaluation(folder, EvaluationIndex.read(folder));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s is no evaluation: %s".formatted(artifact, e.getMessage()), e);
    }
  }

  private record Evaluation(Path folder, EvaluationIndex index) {
    Predictions predictions(String suite, String candidate) {
      try {
        return index.predictions(folder, suite, candidate);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
