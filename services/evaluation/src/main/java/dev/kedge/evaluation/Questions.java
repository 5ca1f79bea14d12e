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

  /**
   * As {@link #of}, but tokens are counted only where an answer has as many bytes as the model sees
   * tokens: no tokenizer makes more tokens than bytes.
   */
  void check(TextRecord record) {
    Wording wording = suite.wording();
    boolean choosing = suite.measure().isOfChoices();
    List<String> answers =
        choosing && !wording.choosesInPrompt()
            ? wording.choices(record)
            : List.of(wording.answer(record));
    if (choosing) {
      wording.right(record, wording.choices(record));
    }
    boolean mayNotFit = answers.stream().anyMatch(one -> bytes(one) + 2 > tokens.context());
    boolean mayBeNothing = answers.stream().anyMatch(String::isBlank);
    boolean rolling = suite.measure() == Measure.BITS_PER_BYTE;
    if (mayBeNothing || (mayNotFit && !rolling)) {
      of(record);
    } else if (!rolling && !wording.choosesInPrompt()) {
      suite.prompt(record);
    }
  }

  private Question answer(TextRecord record) {
    String answer = suite.wording().answer(record);
    AnswerSequence said = tokens.of(record.id(), suite.prompt(record), answer);
    return question(record, List.of(said), bytes(answer), null);
  }

  private Question choice(TextRecord record) {
    Wording wording = suite.wording();
    List<String> choices = wording.choices(record);
    int right = wording.right(record, choices);
    List<List<AnswerSequence>> said = new ArrayList<>();
    List<AnswerSequence> unasked = new ArrayList<>();
    for (String choice : choices) {
      said.add(List.of(asked(record, choice)));
      wording
          .withoutQuestion(record, choice)
          .ifPresent(
              rest -> unasked.add(tokens.of(record.id(), rest, answer(wording, record, choice))));
    }
    return new Question(
        record.id(),
        said,
        right,
        choices.stream().map(ChoiceSize::of).toList(),
        unasked,
        bytes(answer(wording, record, choices.get(right))),
        null);
  }

  private AnswerSequence asked(TextRecord record, String choice) {
    Wording wording = suite.wording();
    String prompt = wording.choosesInPrompt() ? suite.prompt(record, choice) : suite.prompt(record);
    return tokens.of(record.id(), prompt, answer(wording, record, choice));
  }

  /** What is scored of a choice: itself, or what stands behind it where it is in the prompt. */
  private static String answer(Wording wording, TextRecord record, String choice) {
    return wording.choosesInPrompt() ? wording.answer(record) : choice;
  }

  private static Question question(
      TextRecord record, List<AnswerSequence> said, int bytes, Integer words) {
    return new Question(record.id(), List.of(said), 0, List.of(), List.of(), bytes, words);
  }

  private Question text(TextRecord record) {
    String text = suite.wording().answer(record);
    long[] ids = tokens.tokenizer().ids(text);
    if (ids.length == 0) {
      throw new IllegalArgumentException("record %s: its text is empty".formatted(record.id()));
    }
    List<AnswerSequence> windows =
        new RollingWindows(tokens.tokenizer().prefix(), tokens.context()).of(ids);
    return question(record, windows, bytes(text), Words.of(text));
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }
}
