package dev.kedge.orchestrator;

import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.Lineage;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Study;
import dev.kedge.stage.v1.TrainSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a report's numbers come from, as names and values: digests of data and models, keys of
 * stages, versions, and what the bits depend on beside them.
 */
final class ReportLineage {
  private final StudyResults results;
  private final Map<String, String> entries = new TreeMap<>();
  private final Map<Producer, CommittedStage> trainings = new HashMap<>();
  private final Map<Producer, CommittedStage> needs = new HashMap<>();
  private final Map<Producer, CommittedStage> evaluations = new HashMap<>();

  private ReportLineage(StudyResults results) {
    this.results = results;
  }

  /** The entries of a study, sorted by name. */
  static Map<String, String> of(Study study, StudyResults results) {
    ReportLineage lineage = new ReportLineage(results);
    study.getPointsList().forEach(lineage::addStages);
    study.getPointsList().forEach(lineage::addNeeds);
    lineage.addSuites();
    lineage.addTrainingInputs();
    lineage.addCircumstances();
    return lineage.entries;
  }

  /** Each stage once, under the first candidate that it served. */
  private void addStages(Study.Point point) {
    addStage("evaluation of " + point.getCandidate(), point.getEvaluation(), evaluations);
    for (Producer training : point.getTrainingList()) {
      addStage("training of " + point.getCandidate(), training, trainings);
    }
  }

  /** What the trainings needed beside each other. */
  private void addNeeds(Study.Point point) {
    for (Producer need : results.behind(point)) {
      if (!trainings.containsKey(need)) {
        addStage("needed by " + point.getCandidate(), need, needs);
      }
    }
  }

  private void addStage(String name, Producer producer, Map<Producer, CommittedStage> seen) {
    CommittedStage stage = results.stage(producer);
    if (seen.put(producer, stage) == null) {
      entries.merge(
          name,
          "stage %s, artifact %s".formatted(stage.key(), stage.artifact()),
          (one, other) -> one + "; " + other);
    }
  }

  private void addSuites() {
    for (CommittedStage evaluation : evaluations.values()) {
      for (EvaluateSpec.Suite suite : evaluation.lineage().spec().getEvaluate().getSuitesList()) {
        entries.put("data of suite " + suite.getId(), text(suite.getData()));
      }
    }
  }

  private void addTrainingInputs() {
    addDistinct("data of training", trainings.values(), ReportLineage::trainingData);
    addDistinct(
        "base", trainings.values(), training -> Stream.of(spec(training).getBase().getArtifact()));
  }

  private void addCircumstances() {
    List<CommittedStage> all = new ArrayList<>(trainings.values());
    all.addAll(evaluations.values());
    addDistinct("kedge version", all, stage -> Stream.of(stage.lineage().version()));
    addDistinct(
        "numerics profile", all, stage -> Stream.of(stage.lineage().profile().values().toString()));
    entries.put(
        "exact",
        Boolean.toString(all.stream().map(CommittedStage::lineage).allMatch(Lineage::exact)));
  }

  private void addDistinct(
      String name,
      Collection<CommittedStage> stages,
      Function<CommittedStage, Stream<String>> values) {
    String joined =
        stages.stream()
            .flatMap(values)
            .filter(value -> !value.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining("; "));
    if (!joined.isEmpty()) {
      entries.put(name, joined);
    }
  }

  private static Stream<String> trainingData(CommittedStage training) {
    TrainSpec spec = spec(training);
    Stream<DatasetPart> parts =
        switch (spec.getTaskCase()) {
          case CLASSIFICATION -> Stream.of(spec.getClassification().getTrain());
          case CONTRASTIVE ->
              spec.getContrastive().getSourcesList().stream().map(source -> source.getData());
          case INSTRUCTION -> Stream.of(spec.getInstruction().getTrain());
          case LANGUAGE_MODELLING -> spec.getLanguageModelling().getSourcesList().stream();
          case TASK_NOT_SET -> Stream.empty();
        };
    return parts.map(ReportLineage::text);
  }

  private static TrainSpec spec(CommittedStage training) {
    return training.lineage().spec().getTrain();
  }

  private static String text(DatasetPart data) {
    String digest = data.getDataset().getArtifact();
    return data.getPart() == DatasetPart.Part.ALL
        ? digest
        : "%s of %s, validation fraction %s, split seed %d"
            .formatted(data.getPart(), digest, data.getValidationFraction(), data.getSplitSeed());
  }
}
