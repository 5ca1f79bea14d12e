package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Instruction;
import dev.kedge.v1.LanguageTest;

/** Tests of language models with the contract's defaults filled in. */
final class LanguageTests {
  /** The template that is a plain text as it is. */
  static final String PLAIN = "{text}";

  private LanguageTests() {}

  /** The test on the validation part of a task. */
  static LanguageTest ofTask(Instruction task) {
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
      case MEASURE_UNSPECIFIED, UNRECOGNIZED -> usual(test);
    };
  }

  private static Measure usual(LanguageTest test) {
    if (test.getChoicesCount() > 0) {
      return Measure.ACCURACY;
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

  /** The suite without its id. */
  static EvaluateSpec.Suite suite(LanguageTest test, DatasetPart data) {
    return EvaluateSpec.Suite.newBuilder()
        .setData(data)
        .setLanguage(
            EvaluateSpec.Suite.Language.newBuilder()
                .setPrompt(test.getPrompt())
                .setAnswer(answer(test))
                .addAllChoices(test.getChoicesList())
                .setMeasure(measure(test)))
        .build();
  }
}
