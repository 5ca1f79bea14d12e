package dev.kedge.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.data.text.TextRecord;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.AnswerTokens;
import dev.kedge.models.score.RollingWindows;
import dev.kedge.report.Measure;
import dev.kedge.report.sample.Wording;
import java.util.ArrayList;
import java.util.List;

/** Makes a suite's records into questions to one model. */
final class Questions {
  private final TextSuite suite;
  private final AnswerTokens tokens;

  Questions(TextSuite suite, LanguageCandidate model) {
    this.suite = suite;
    this.tokens = new AnswerTokens(model.tokenizer(), model.context(), false);
  }

  /**
   * The question about a record.
   *
   * @throws IllegalArgumentException naming the record whose answer does not fit
   */
  Question of(TextRecord record) {
    if (suite.measure().isOfChoices()) {
      return choice(record);
    }
    return suite.measure() == Measure.BITS_PER_BYTE ? text(record) : answer(record);
  }

  private Question answer(TextRecord record) {
    String answer = suite.wording().answer(record);
    AnswerSequence said = tokens.of(record.id(), suite.prompt(record), answer);
    return new Question(record.id(), List.of(List.of(said)), 0, List.of(), bytes(answer));
  }

  private Question choice(TextRecord record) {
    Wording wording = suite.wording();
    List<String> choices = wording.choices(record);
    int right = wording.right(record, choices);
    List<List<AnswerSequence>> said = new ArrayList<>();
    for (String choice : choices) {
      said.add(
          List.of(
              wording.choosesInPrompt()
                  ? tokens.of(record.id(), suite.prompt(record, choice), wording.answer(record))
                  : tokens.of(record.id(), suite.prompt(record), choice)));
    }
    String scored = wording.choosesInPrompt() ? wording.answer(record) : choices.get(right);
    List<Integer> characters = choices.stream().map(Questions::characters).toList();
    return new Question(record.id(), said, right, characters, bytes(scored));
  }

  private Question text(TextRecord record) {
    String text = suite.wording().answer(record);
    long[] ids = tokens.tokenizer().ids(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException("record %s: its text is empty".formatted(record.id()));
    }
    List<AnswerSequence> windows =
        new RollingWindows(tokens.tokenizer().prefix(), tokens.context()).of(ids);
    return new Question(record.id(), List.of(windows), 0, List.of(), bytes(text));
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** As lm-evaluation-harness counts them: not the blank that parts a choice from its prompt. */
  private static int characters(String choice) {
    String text = choice.startsWith(" ") ? choice.substring(1) : choice;
    return Math.max(1, text.codePointCount(0, text.length()));
  }
}
