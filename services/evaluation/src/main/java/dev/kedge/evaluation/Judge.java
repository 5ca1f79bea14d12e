package dev.kedge.evaluation;

import dev.kedge.models.score.Classifier;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.train.HeadFile;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.List;

/**
 * A model that speaks of a suite's classes: with its own head where that knows all of them, other
 * classes left out; else with a zero-shot head from its text tower.
 */
sealed interface Judge extends AutoCloseable {
  /**
   * What the model says of preprocessed pictures.
   *
   * @param pixels row-major {@code [images, channels, height, width]}
   * @return {@code [images][the suite's classes]}
   */
  float[][] logits(float[] pixels, int images);

  /** Classes of the suite that the model's own head, if it has one, does not know. */
  List<String> unknown();

  @Override
  void close();

  static Judge of(Model model, SuiteData suite, String candidate, StageContext context)
      throws IOException {
    List<String> known = model.head().map(HeadFile::classes).orElse(List.of());
    if (known.containsAll(suite.classes())) {
      List<Integer> rows = suite.classes().stream().map(known::indexOf).toList();
      return new OwnHead(model.trained(), rows);
    }
    List<String> unknown =
        known.isEmpty()
            ? List.of()
            : suite.classes().stream().filter(each -> !known.contains(each)).toList();
    context.info(
        "'%s' is judged on '%s' with a zero-shot head: %s"
            .formatted(
                candidate,
                suite.spec().getId(),
                unknown.isEmpty()
                    ? "it has no head of its own"
                    : "its own head does not know " + unknown));
    return new ZeroShotHead(zeroShot(model, suite, candidate), unknown);
  }

  private static Classifier zeroShot(Model model, SuiteData suite, String candidate)
      throws IOException {
    try {
      return model.zeroShot(
          new Prompts(suite.spec().getImages().getTemplatesList()), suite.promptNames());
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(
          "candidate '%s' needs a zero-shot head for suite '%s': %s"
              .formatted(candidate, suite.spec().getId(), e.getMessage()));
    }
  }

  /**
   * The head that was trained with the model.
   *
   * @param classifier belongs to the model, which closes it
   * @param rows the head's row of each class of the suite
   */
  record OwnHead(Classifier classifier, List<Integer> rows) implements Judge {
    @Override
    public float[][] logits(float[] pixels, int images) {
      float[][] all = classifier.logits(pixels, images);
      float[][] chosen = new float[images][rows.size()];
      for (int i = 0; i < images; i++) {
        for (int j = 0; j < rows.size(); j++) {
          chosen[i][j] = all[i][rows.get(j)];
        }
      }
      return chosen;
    }

    @Override
    public List<String> unknown() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  /** A head made of the suite's prompts. */
  record ZeroShotHead(Classifier classifier, List<String> unknown) implements Judge {
    @Override
    public float[][] logits(float[] pixels, int images) {
      return classifier.logits(pixels, images);
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
