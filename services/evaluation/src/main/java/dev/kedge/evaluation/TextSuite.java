package dev.kedge.evaluation;

import dev.kedge.contract.Parts;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextPart;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;

/**
 * A suite with its records.
 *
 * @param spec its id and templates
 * @param part its records
 */
record TextSuite(EvaluateSpec.Suite spec, TextPart part) {
  TextSuite {
    if (part.size() == 0) {
      throw EvaluationRules.refusal(
          "suite '%s' has no records in the part %s of its data set; choose another part"
              .formatted(spec.getId(), spec.getData().getPart()));
    }
  }

  static TextSuite open(EvaluateSpec.Suite spec, StageContext context) {
    PreparedText text = PreparedText.open(context.input(spec.getData().getDataset()));
    return new TextSuite(spec, part(text, spec));
  }

  private static TextPart part(PreparedText text, EvaluateSpec.Suite spec) {
    try {
      return Parts.of(
          spec.getData(),
          () -> TextPart.all(text),
          (fraction, seed) -> TextPart.training(text, fraction, seed),
          (fraction, seed) -> TextPart.validation(text, fraction, seed));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal("suite '%s': %s".formatted(spec.getId(), e.getMessage()));
    }
  }

  int size() {
    return part.size();
  }
}
