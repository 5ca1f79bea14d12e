package dev.kedge.evaluation;

import dev.kedge.contract.Parts;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.report.ClassPrediction;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A suite with its labelled pictures.
 *
 * @param spec its id and prompts
 * @param part its samples, all of its classes
 * @param classes what is chosen among
 */
record SuiteData(EvaluateSpec.Suite spec, LabelledPictures.Part part, SuiteClasses classes) {
  SuiteData {
    if (part.indices().isEmpty()) {
      throw EvaluationRules.refusal(
          "suite '%s' has no samples of its classes in the part %s of its data set; choose another part, or other classes"
              .formatted(spec.getId(), spec.getData().getPart()));
    }
  }

  static SuiteData open(EvaluateSpec.Suite spec, StageContext context) {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getData().getDataset()));
    SuiteClasses classes = SuiteClasses.of(spec.getImages(), dataset.classes());
    LabelledPictures.Part all = part(dataset, spec);
    SuiteData suite = new SuiteData(spec, of(classes, all), classes);
    int others = all.indices().size() - suite.size();
    if (others > 0) {
      context.info(
          "suite '%s' leaves out %d of its %d pictures: their classes are not among its %d"
              .formatted(spec.getId(), others, all.indices().size(), classes.ids().size()));
    }
    return suite;
  }

  private static LabelledPictures.Part of(SuiteClasses classes, LabelledPictures.Part part) {
    Set<String> ids = Set.copyOf(classes.ids());
    PreparedDataset dataset = part.dataset();
    return new LabelledPictures.Part(
        dataset,
        part.indices().stream().filter(sample -> ids.contains(name(dataset, sample))).toList());
  }

  private static String name(PreparedDataset dataset, int sample) {
    return dataset.classes().get(dataset.label(sample));
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
        dataset.samples().get(sample).source(),
        classes.ids().indexOf(name(dataset, sample)),
        logits);
  }
}
