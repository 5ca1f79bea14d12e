package dev.kedge.evaluation;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import java.util.function.UnaryOperator;

/** Specs as an experiment's plan states them. */
final class Specs {
  static final String TEMPLATE = "a picture of {}";

  private Specs() {}

  static Recipe stored(String digest) {
    return Recipe.newBuilder().setCheckpoint(input(digest)).build();
  }

  static Recipe wiseFt(String base, String tuned, double alpha) {
    return Recipe.newBuilder()
        .setWiseFt(
            Recipe.WiseFt.newBuilder()
                .setBase(stored(base))
                .setTuned(stored(tuned))
                .setAlpha(alpha))
        .build();
  }

  static EvaluateSpec.Candidate candidate(String id, Recipe recipe) {
    return EvaluateSpec.Candidate.newBuilder().setId(id).setRecipe(recipe).build();
  }

  static EvaluateSpec.Suite suite(String id, String dataset) {
    return EvaluateSpec.Suite.newBuilder()
        .setId(id)
        .setData(DatasetPart.newBuilder().setDataset(input(dataset)).setPart(DatasetPart.Part.ALL))
        .setImages(EvaluateSpec.Suite.Images.newBuilder().addTemplates(TEMPLATE))
        .build();
  }

  /** A suite with other prompts or names. */
  static EvaluateSpec.Suite images(
      EvaluateSpec.Suite suite, UnaryOperator<EvaluateSpec.Suite.Images.Builder> change) {
    EvaluateSpec.Suite.Images.Builder images = suite.getImages().toBuilder();
    return suite.toBuilder().setImages(change.apply(images)).build();
  }

  static EvaluateSpec.Builder evaluate(EvaluateSpec.Suite suite) {
    return EvaluateSpec.newBuilder().addSuites(suite).setThreads(1);
  }

  static StageSpec stage(EvaluateSpec.Builder evaluate) {
    return StageSpec.newBuilder().setEvaluate(evaluate).build();
  }

  private static Input input(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }
}
