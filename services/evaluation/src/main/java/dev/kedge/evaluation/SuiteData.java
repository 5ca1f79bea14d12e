package dev.kedge.evaluation;

import dev.kedge.contract.Parts;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.report.ClassPrediction;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A suite with its labelled pictures.
 *
 * @param spec its id and prompts
 * @param part its samples
 */
record SuiteData(EvaluateSpec.Suite spec, LabelledPictures.Part part) {
  SuiteData {
    List<String> classes = part.dataset().classes();
    int names = spec.getImages().getClassNamesCount();
    if (names != 0 && names != classes.size()) {
      throw EvaluationRules.refusal(
          "suite '%s' has %d class_names, but its data set has %d classes: %s"
              .formatted(spec.getId(), names, classes.size(), classes));
    }
    if (part.indices().isEmpty()) {
      throw EvaluationRules.refusal(
          "suite '%s' has no samples in the part %s of its data set; choose another part"
              .formatted(spec.getId(), spec.getData().getPart()));
    }
  }

  static SuiteData open(EvaluateSpec.Suite spec, StageContext context) {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getData().getDataset()));
    return new SuiteData(spec, part(dataset, spec));
  }

  private static LabelledPictures.Part part(PreparedDataset dataset, EvaluateSpec.Suite spec) {
    try {
      return Parts.of(
          spec.getData(),
          () -> LabelledPictures.Part.all(dataset),
          (fraction, seed) -> LabelledPictures.Part.training(dataset, fraction, seed),
          (fraction, seed) -> LabelledPictures.Part.validation(dataset, fraction, seed));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal("suite '%s': %s".formatted(spec.getId(), e.getMessage()));
    }
  }

  int size() {
    return part.indices().size();
  }

  List<String> classes() {
    return part.dataset().classes();
  }

  /** The classes' names as prompts use them. */
  List<String> promptNames() {
    return spec.getImages().getClassNamesCount() == 0
        ? classes()
        : spec.getImages().getClassNamesList();
  }

  /** The pictures as a model sees them; nothing is kept, each is decoded when it is asked for. */
  LabelledPictures pictures(ClipPreprocessing preprocessing) {
    return new LabelledPictures(preprocessing, List.of(part), 0);
  }

  /** What logits {@code [samples][classes]} say of some samples of this suite. */
  List<ClassPrediction> predictions(int[] chosen, float[][] logits) {
    return IntStream.range(0, chosen.length)
        .mapToObj(i -> prediction(part.indices().get(chosen[i]), logits[i]))
        .toList();
  }

  private ClassPrediction prediction(int sample, float[] logits) {
    PreparedDataset dataset = part.dataset();
    return ClassPrediction.ofLogits(
        dataset.samples().get(sample).source(), dataset.label(sample), logits);
  }
}
