package dev.kedge.training;

import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;

/** The model before training, and how it is written afterwards. */
interface StartingPoint extends AutoCloseable {
  /** A folder with the files that go with the weights: a tokenizer's, a preprocessor's. */
  Path companions();

  /** Writes configuration and weights as a Hugging Face folder has them. */
  void write(Path folder, Weights weights) throws IOException;

  @Override
  void close() throws IOException;

  /** What is made of an opened model. */
  @FunctionalInterface
  interface Planning<M extends StartingPoint> {
    TrainingPlan of(M model) throws IOException;
  }

  /** Makes a plan, which then owns the model; closes it where there can be none. */
  static <M extends StartingPoint> TrainingPlan plan(M model, Planning<M> planning)
      throws IOException {
    try {
      return planning.of(model);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }
}
