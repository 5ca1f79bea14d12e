package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.ExperimentSpec;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The data sets of an experiment; one PREPARE stage for each artifact, whatever its names. */
final class Datasets {
  /** More broken records than this are a broken data set. */
  private static final double MOST_QUARANTINED = 0.05;

  /** The split is the same in every experiment, so that runs of different ones can be compared. */
  private static final long SPLIT_SEED = 0;

  private final Resolution resolution;
  private final Map<String, Input> prepared = new LinkedHashMap<>();

  /** Adds the PREPARE stages of everything that the file names. */
  Datasets(ExperimentSpec spec, Resolution resolution, Stages stages) {
    this.resolution = resolution;
    for (String reference : references(spec)) {
      prepared.computeIfAbsent(
          resolution.digest(reference), source -> prepare(reference, source, stages));
    }
  }

  private static Input prepare(String reference, String source, Stages stages) {
    var spec =
        PrepareSpec.newBuilder()
            .setSource(Input.newBuilder().setArtifact(source))
            .setFormat(PrepareSpec.Format.IMAGE_FOLDER)
            .setMaxQuarantinedFraction(MOST_QUARANTINED);
    return stages.add(
        "prepare-" + Naming.shortName(reference), StageSpec.newBuilder().setPrepare(spec).build());
  }

  /** Every data set that the file names, in its order. */
  static Set<String> references(ExperimentSpec spec) {
    Set<String> names = new LinkedHashSet<>();
    if (spec.getTask().hasImageClassification()) {
      names.add(spec.getTask().getImageClassification().getTrain());
    }
    spec.getTask().getContrastive().getSourcesList().forEach(one -> names.add(one.getDataset()));
    spec.getMethodsList().stream()
        .filter(method -> method.hasEwc())
        .forEach(method -> names.add(method.getEwc().getCalibration()));
    spec.getEvaluationsList().forEach(one -> names.add(one.getDataset()));
    return names;
  }

  DatasetPart all(String reference) {
    return DatasetPart.newBuilder()
        .setDataset(prepared(reference))
        .setPart(DatasetPart.Part.ALL)
        .build();
  }

  DatasetPart part(String reference, DatasetPart.Part part, double validationFraction) {
    return DatasetPart.newBuilder()
        .setDataset(prepared(reference))
        .setPart(part)
        .setValidationFraction(validationFraction)
        .setSplitSeed(SPLIT_SEED)
        .build();
  }

  private Input prepared(String reference) {
    return prepared.get(resolution.digest(reference));
  }
}
