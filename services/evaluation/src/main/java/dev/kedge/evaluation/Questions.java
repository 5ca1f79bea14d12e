package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTemplates;
import dev.kedge.models.score.RollingWindows;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Measure;
import java.util.List;

/** Makes a suite's records into questions to one model. */
final class Questions {
  private final Measure measure;
  private final AnswerTemplates templates;
  private final List<TextTemplate> choices;

  /**
   * @throws IllegalArgumentException if the suite has no measure, or a template is none
   */
  Questions(EvaluateSpec.Suite.Language suite, LanguageCandidate model) {
    this.measure = suite.getMeasure();
    this.templates =
        new AnswerTemplates(
            model.tokenizer(),
            TextTemplate.parse(suite.getPrompt()),
            TextTemplate.parse(suite.getAnswer()),
            model.context(),
            false);
    this.choices = suite.getChoicesList().stream().map(TextTemplate::parse).toList();
  }

  /**
   * The question about a record.
   *
   * @throws IllegalArgumentException naming the record whose answer does not fit
   */
  Question of(TextRecord record) {
    return switch (measure) {
      case ANSWER_BITS_PER_BYTE -> answer(record);
      case BITS_PER_BYTE -> text(record);
      case ACCURACY -> choice(record);
      case MEASURE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the suite's measure is not set");
    };
  }

  private Question answer(TextRecord record) {
    String answer = templates.answer().of(record);
    return new Question(
        record.id(), List.of(List.of(templates.of(record, answer))), 0, false, bytes(answer));
  }

  private Question choice(TextRecord record) {
    String answer = templates.answer().of(record);
    List<String> texts = choices.stream().flatMap(each -> each.each(record).stream()).toList();
    int right = texts.indexOf(answer);
    if (right < 0) {
      throw new IllegalArgumentException(
          "record %s: its answer `%s` is not among the choices %s"
              .formatted(record.id(), answer, texts));
    }
    List<List<AnswerSequence>> said =
        texts.stream().map(text -> List.of(templates.of(record, text))).toList();
    return new Question(record.id(), said, right, true, bytes(answer));
  }

  private Question text(TextRecord record) {
    String text = templates.answer().of(record);
    long[] ids = templates.tokenizer().ids(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException("record %s: its text is empty".formatted(record.id()));
    }
    List<AnswerSequence> windows =
        new RollingWindows(templates.tokenizer().prefix(), templates.context()).of(ids);
    return new Question(record.id(), List.of(windows), 0, false, bytes(text));
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
