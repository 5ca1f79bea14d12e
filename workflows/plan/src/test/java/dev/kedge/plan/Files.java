package dev.kedge.plan;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.v1.ExperimentSpec;

/** Experiment files for the tests, in JSON. */
final class Files {
  static final String SMALL =
      """
      {"base": "models/clip-base",
       "task": {"image_classification": {
          "train": "datasets/photo-train", "validation_fraction": 0.1}},
       "training": {"epochs": 2, "learning_rate": [1e-5], "seeds": [0, 1]},
       "methods": [
         {"id": "full", "full": {}},
         {"id": "l2", "l2": {"lambda": [0.1, 1]}},
         {"id": "ewc", "ewc": {"lambda": [10], "calibration": "datasets/sample"}}],
       "averages": [
         {"id": "wise", "wise_ft": {"alphas": [0, 0.5, 1]}, "of": ["full"]},
         {"id": "soup", "uniform_soup": {}, "of": ["l2"]}],
       "evaluations": [
         {"id": "photo", "dataset": "datasets/photo-test", "role": "SPECIALITY"},
         {"id": "art", "dataset": "datasets/art-test", "role": "GENERALITY"},
         {"id": "art-dev", "dataset": "datasets/art-train", "role": "GENERALITY",
          "use": "SELECT"}],
       "selection": {"within_points_of_best_speciality": 2}}
      """;

  static final String CONTRASTIVE =
      """
      {"new_model": {"clip": {}},
       "task": {"contrastive": {"sources": [
          {"dataset": "datasets/photo", "captions": ["a photo of a {}"]},
          {"dataset": "datasets/art", "captions": ["a painting of a {}"]}]}},
       "training": {"epochs": 3, "learning_rate": [1e-3]},
       "methods": [{"id": "full", "full": {}}],
       "evaluations": [
         {"id": "photo", "dataset": "datasets/photo-test", "role": "SPECIALITY"}]}
      """;

  private Files() {}

  static ExperimentSpec parse(String json) {
    var spec = ExperimentSpec.newBuilder();
    try {
      JsonFormat.parser().merge(json, spec);
    } catch (InvalidProtocolBufferException wrong) {
      throw new IllegalArgumentException(json, wrong);
    }
    return spec.build();
  }
}
