package dev.kedge.evaluation;

import dev.kedge.models.score.Classifier;
import dev.kedge.models.train.HeadFile;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.util.List;

/**
 * A model that classifies a suite's pictures: with its own head where that knows all of them or
 * what stands for them, other classes left out; else with a zero-shot head from its text tower.
 */
sealed interface SuiteClassifier {
  /**
   * What the model says of preprocessed pictures.
   *
   * @param pixels row-major {@code [images, channels, height, width]}
   * @return {@code [images][the suite's classes]}
   */
  float[][] logits(float[] pixels, int images);

  /** Classes of the suite that the model's own head, if it has one, does not know. */
  List<String> unknown();

  static SuiteClassifier of(Model model, SuiteData suite, String candidate, StageContext context)
      throws IOException {
    List<String> known = model.head().map(HeadFile::classes).orElse(List.of());
    List<List<String>> asked = suite.classes().inHead();
    List<String> unknown = known.isEmpty() ? List.of() : unknown(asked, known);
    if (!known.isEmpty() && unknown.isEmpty()) {
      return new OwnHead(model.images(), rows(asked, known));
    }
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

  private static List<String> unknown(List<List<String>> asked, List<String> known) {
    return asked.stream()
        .flatMap(List::stream)
        .filter(each -> !known.contains(each))
        .distinct()
        .toList();
  }

  private static List<int[]> rows(List<List<String>> asked, List<String> known) {
    return asked.stream()
        .map(standIns -> standIns.stream().mapToInt(known::indexOf).toArray())
        .toList();
  }

  private static Classifier zeroShot(Model model, SuiteData suite, String candidate)
      throws IOException {
    try {
      return model.zeroShot(
          suite.spec().getImages().getTemplatesList(), suite.classes().promptNames());
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
   * @param rows the head's rows that stand for each class of the suite: the largest logit counts
   */
  record OwnHead(Classifier classifier, List<int[]> rows) implements SuiteClassifier {
    @Override
    public float[][] logits(float[] pixels, int images) {
      float[][] all = classifier.logits(pixels, images);
      float[][] chosen = new float[images][rows.size()];
      for (int i = 0; i < images; i++) {
        for (int j = 0; j < rows.size(); j++) {
          chosen[i][j] = largest(all[i], rows.get(j));
        }
      }
      return chosen;
    }

    private static float largest(float[] logits, int[] rows) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int row : rows) {
        largest = Math.max(largest, logits[row]);
      }
      return largest;
    }

    @Override
    public List<String> unknown() {
      return List.of();
    }
  }

  /**
   * A head made of the suite's prompts.
   *
   * @param classifier belongs to the model, which closes it
   */
  record ZeroShotHead(Classifier classifier, List<String> unknown) implements SuiteClassifier {
    @Override
    public float[][] logits(float[] pixels, int images) {
      return classifier.logits(pixels, images);
    }
  }
}
