package dev.kedge.bench;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.FeatureLearner;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.RememberingTeacher;
import dev.kedge.models.train.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one batch that every step sees, as all that a stored teacher has to remember. */
record OneBatch(LabelledBatch batch) implements Views<LabelledBatch> {
  /** A teacher whose features of the batch are computed now, to be looked up at each step. */
  Learner<LabelledBatch> teacher(FeatureLearner<LabelledBatch> learner, Weights weights)
      throws IOException {
    Path folder = Files.createTempDirectory("kedge-teacher");
    FeatureStore.compute(folder, learner, weights, this, done -> {});
    FeatureStore store = FeatureStore.open(folder);
    // What is noted last is deleted first.
    folder.toFile().deleteOnExit();
    try (var files = Files.list(folder)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    }
    return new RememberingTeacher<>(learner, store);
  }

  @Override
  public int chunks() {
    return 1;
  }

  @Override
  public long rows() {
    return batch.size();
  }

  @Override
  public LabelledBatch at(Scope scope, int chunk) {
    return batch;
  }
}
