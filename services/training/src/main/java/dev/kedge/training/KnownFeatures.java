package dev.kedge.training;

import dev.kedge.models.train.FeatureStore;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.Optional;

/**
 * Features that FEATURES stages have computed for a run.
 *
 * @param teacher of all that the run sees
 * @param frozen of the samples as they are
 */
record KnownFeatures(Optional<FeatureStore> teacher, Optional<FeatureStore> frozen) {
  static KnownFeatures of(TrainSpec spec, StageContext context) throws IOException {
    return new KnownFeatures(
        spec.hasTeacherFeatures() ? open(spec.getTeacherFeatures(), context) : Optional.empty(),
        spec.hasFrozenFeatures() ? open(spec.getFrozenFeatures(), context) : Optional.empty());
  }

  private static Optional<FeatureStore> open(Input features, StageContext context)
      throws IOException {
    return Optional.of(FeatureStore.open(context.input(features)));
  }
}
