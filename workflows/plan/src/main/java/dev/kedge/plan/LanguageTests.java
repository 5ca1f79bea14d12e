package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Language;
import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Instruction;
import dev.kedge.v1.LanguageTest;

/** Tests of language models with the contract's defaults filled in. */
final class LanguageTests {
  /** The template that is a plain text as it is. */
  static final String PLAIN = "{text}";

  /** Stands behind a solved record. */
  private static final String SEPARATOR = "\n\n";

  private LanguageTests() {}

  /** The test on the validation part of a task. */
  static LanguageTest ofTask(Instruction task) {
    if (task.hasValidation()) {
      return task.getValidation();
    }
    return LanguageTest.newBuilder()
        .setPrompt(task.getPrompt())
        .setAnswer(task.getAnswer())
        .addAllChoices(task.getChoicesList())
        .build();
  }

  static Measure measure(LanguageTest test) {
    return switch (test.getMeasure()) {
      case ACCURACY -> Measure.ACCURACY;
      case ANSWER_BITS_PER_BYTE -> Measure.ANSWER_BITS_PER_BYTE;
      case BITS_PER_BYTE -> Measure.BITS_PER_BYTE;
      case ACCURACY_NORM -> Measure.ACCURACY_NORM;
      case EXACT_MATCH -> Measure.EXACT_MATCH;
      case ACCURACY_BYTES -> Measure.ACCURACY_BYTES;
      case INSTRUCTIONS_FOLLOWED -> Measure.INSTRUCTIONS_FOLLOWED;
      case MEASURE_UNSPECIFIED, UNRECOGNIZED -> usual(test);
    };
  }

  private static Measure usual(LanguageTest test) {
    if (test.getChoicesCount() > 0) {
      return Measure.ACCURACY;
    }
    if (test.hasWriting()) {
      return Measure.EXACT_MATCH;
    }
    return test.getPrompt().isEmpty() && test.getAnswer().isEmpty()
        ? Measure.BITS_PER_BYTE
        : Measure.ANSWER_BITS_PER_BYTE;
  }

  static String answer(LanguageTest test) {
    return test.getAnswer().isEmpty() && measure(test) == Measure.BITS_PER_BYTE
        ? PLAIN
        : test.getAnswer();
  }

  /**
   * The suite without its id.
   *
   * @param datasets knows what shots are drawn from
   */
  static EvaluateSpec.Suite suite(LanguageTest test, DatasetPart data, Datasets datasets) {
    Language.Builder suite =
        Language.newBuilder()
            .setPrompt(test.getPrompt())
            .setAnswer(answer(test))
            .addAllChoices(test.getChoicesList())
            .setMeasure(measure(test))
            .setLabel(test.getLabel())
            .addAllLabels(test.getLabelsList());
    for (LanguageTest.Replacement each : test.getReplacementsList()) {
      suite.addReplacementsBuilder().setPattern(each.getPattern()).setText(each.getText());
    }
    if (test.hasWriting()) {
      suite.setWriting(writing(test.getWriting()));
    }
    if (test.hasWithoutQuestion()) {
      suite.setWithoutQuestion(test.getWithoutQuestion());
    }
    if (test.hasShots()) {
      suite.setShots(shots(test.getShots(), datasets));
    }
    return EvaluateSpec.Suite.newBuilder().setData(data).setLanguage(suite).build();
  }

  private static Language.Writing writing(LanguageTest.Writing writing) {
    return Language.Writing.newBuilder()
        .setMostTokens(writing.getMostTokens())
        .addAllStop(writing.getStopList())
        .setIgnoreCase(writing.getIgnoreCase())
        .setIgnorePunctuation(writing.getIgnorePunctuation())
        .build();
  }

  private static Language.Shots shots(LanguageTest.Shots shots, Datasets datasets) {
    return Language.Shots.newBuilder()
        .setCount(shots.getCount())
        .setData(datasets.all(shots.getDataset()))
        .setSeed(shots.getSeed())
        .setSeparator(shots.hasSeparator() ? shots.getSeparator() : SEPARATOR)
        .build();
  }
}
