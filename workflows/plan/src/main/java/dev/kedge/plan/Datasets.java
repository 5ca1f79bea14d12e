package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Average;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data sets of an experiment; one PREPARE stage for each artifact, whatever its names. */
final class Datasets {
  /** The split is the same in every experiment, so that runs of different ones can be compared. */
  private static final long SPLIT_SEED = 0;

  private final Resolution resolution;
  private final Map<StageSpec, Input> prepared = new LinkedHashMap<>();

  /** Adds the PREPARE stages of everything that the file names. */
  Datasets(ExperimentSpec spec, Resolution resolution, Stages stages) {
    this.resolution = resolution;
    for (String reference : references(spec)) {
      prepared.computeIfAbsent(preparation(reference), one -> prepare(reference, one, stages));
    }
  }

  private StageSpec preparation(String reference) {
    return Preparations.of(
        resolution.digest(reference), resolution.format(reference), resolution.columns(reference));
  }

  private Input prepare(String reference, StageSpec spec, Stages stages) {
    String id = "prepare-" + Naming.shortName(reference);
    int shares = resolution.shares(reference);
    return stages.add(id, shares > 1 ? merge(id, spec, shares, stages) : spec);
  }

  private static StageSpec merge(String id, StageSpec whole, int count, Stages stages) {
    List<Input> shares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shares.add(stages.add("%s-share-%d".formatted(id, i), Preparations.share(whole, i, count)));
    }
    return Preparations.merge(whole, shares);
  }

  /** Every data set that the file names, in its order. */
  static Set<String> references(ExperimentSpec spec) {
    Set<String> names = new LinkedHashSet<>();
    if (spec.getTask().hasImageClassification()) {
      names.add(spec.getTask().getImageClassification().getTrain());
    }
    spec.getTask().getContrastive().getSourcesList().forEach(one -> names.add(one.getDataset()));
    if (spec.getTask().hasInstruction()) {
      names.add(spec.getTask().getInstruction().getTrain());
    }
    names.addAll(spec.getTask().getLanguageModelling().getSourcesList());
    for (Method method : spec.getMethodsList()) {
      MethodParts.of(method).forEach(part -> part.calibration(method).ifPresent(names::add));
    }
    spec.getAveragesList().stream()
        .filter(Average::hasFisher)
        .forEach(average -> names.add(average.getFisher().getCalibration()));
    for (Evaluation evaluation : spec.getEvaluationsList()) {
      names.add(evaluation.getDataset());
      if (evaluation.getLanguage().hasShots()) {
        names.add(evaluation.getLanguage().getShots().getDataset());
      }
    }
    return names;
  }

  PrepareSpec.Format format(String reference) {
    return resolution.format(reference);
  }

  DatasetPart all(String reference) {
    return DatasetPart.newBuilder()
        .setDataset(prepared(reference))
        .setPart(DatasetPart.Part.ALL)
        .build();
  }

  /** A part of a data set that is split; all of it where nothing is held back for validation. */
  DatasetPart part(String reference, DatasetPart.Part part, double validationFraction) {
    if (validationFraction <= 0) {
      return all(reference);
    }
    return DatasetPart.newBuilder()
        .setDataset(prepared(reference))
        .setPart(part)
        .setValidationFraction(validationFraction)
        .setSplitSeed(SPLIT_SEED)
        .build();
  }

  private Input prepared(String reference) {
    return prepared.get(preparation(reference));
  }
}
