package dev.kedge.evaluation;

import dev.kedge.contract.Parts;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextPart;
import dev.kedge.data.text.TextRecord;
import dev.kedge.evaluation.instructions.Instructions;
import dev.kedge.report.Measure;
import dev.kedge.report.sample.Wording;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.List;
import java.util.Optional;

/**
 * A suite with its records.
 *
 * @param spec its id and templates
 * @param part its records
 * @param wording its templates at work
 * @param shots solved records before every prompt
 */
record TextSuite(EvaluateSpec.Suite spec, TextPart part, Wording wording, Optional<Shots> shots) {
  TextSuite {
    if (part.size() == 0) {
      throw EvaluationRules.refusal(
          "suite '%s' has no records in the part %s of its data set; choose another part"
              .formatted(spec.getId(), spec.getData().getPart()));
    }
  }

  static TextSuite open(EvaluateSpec.Suite spec, StageContext context) {
    try {
      Wording wording = new Wording(spec.getLanguage());
      TextPart part = known(spec, part(spec.getData(), context), context);
      return new TextSuite(spec, part, wording, shots(spec.getLanguage(), wording, context));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal("suite '%s': %s".formatted(spec.getId(), e.getMessage()));
    }
  }

  /** Records with an instruction that cannot be checked are left out, and counted. */
  private static TextPart known(EvaluateSpec.Suite spec, TextPart part, StageContext context) {
    if (measure(spec) != Measure.INSTRUCTIONS_FOLLOWED) {
      return part;
    }
    List<Integer> known =
        part.positions().stream()
            .filter(position -> Instructions.of(part.text().record(position)).areKnown())
            .toList();
    if (known.size() < part.size()) {
      context.info(
          "suite '%s' leaves out %d of its %d records: they have instructions that are not checked here"
              .formatted(spec.getId(), part.size() - known.size(), part.size()));
    }
    return new TextPart(part.text(), known);
  }

  private static Optional<Shots> shots(
      EvaluateSpec.Suite.Language suite, Wording wording, StageContext context) {
    if (!suite.hasShots()) {
      return Optional.empty();
    }
    EvaluateSpec.Suite.Language.Shots shots = suite.getShots();
    TextPart from = part(shots.getData(), context);
    return Optional.of(
        new Shots(wording, from, shots.getCount(), shots.getSeed(), shots.getSeparator()));
  }

  private static TextPart part(DatasetPart data, StageContext context) {
    PreparedText text = PreparedText.open(context.input(data.getDataset()));
    return Parts.of(
        data,
        () -> TextPart.all(text),
        (fraction, seed) -> TextPart.training(text, fraction, seed),
        (fraction, seed) -> TextPart.validation(text, fraction, seed));
  }

  int size() {
    return part.size();
  }

  Measure measure() {
    return measure(spec);
  }

  private static Measure measure(EvaluateSpec.Suite spec) {
    return Measure.valueOf(spec.getLanguage().getMeasure().name());
  }

  /** What is given for a record, solved ones before it. */
  String prompt(TextRecord record) {
    return before(record) + wording.prompt(record);
  }

  /** The same with a choice in it. */
  String prompt(TextRecord record, String choice) {
    return before(record) + wording.prompt(record, choice);
  }

  private String before(TextRecord record) {
    return shots.map(each -> each.before(record)).orElse("");
  }
}
