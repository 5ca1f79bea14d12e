package dev.kedge.training;

import dev.kedge.contract.RunFeatures;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Features that FEATURES stages have computed for a run.
 *
 * @param teacher of all that the run sees
 * @param frozen of the samples as they are
 */
record KnownFeatures(Optional<FeatureStore> teacher, Optional<FeatureStore> frozen) {
  /**
   * Opens those that the spec names.
   *
   * @throws IllegalArgumentException if they were computed for another run
   */
  static KnownFeatures of(TrainSpec spec, StageContext context) throws IOException {
    return new KnownFeatures(
        spec.hasTeacherFeatures()
            ? open(spec.getTeacherFeatures(), RunFeatures.seen(spec), context)
            : Optional.empty(),
        spec.hasFrozenFeatures()
            ? open(spec.getFrozenFeatures(), RunFeatures.asTheyAre(spec), context)
            : Optional.empty());
  }

  private static Optional<FeatureStore> open(
      Input features, FeaturesSpec wanted, StageContext context) throws IOException {
    Path folder = context.input(features);
    FeatureOrigin.read(folder).requireFor(wanted);
    return Optional.of(FeatureStore.open(folder));
  }
}
