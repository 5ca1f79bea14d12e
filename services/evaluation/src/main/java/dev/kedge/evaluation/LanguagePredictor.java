package dev.kedge.evaluation;

import dev.kedge.data.text.TextRecord;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Measure;
import dev.kedge.report.Prediction;
import dev.kedge.report.Predictions;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPredictions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One language model, as it predicts what a suite asks about. */
sealed interface LanguagePredictor {
  /**
   * What the model says of some records.
   *
   * @param between called before each step of the work
   * @throws IllegalArgumentException naming the record that cannot be asked about
   */
  List<? extends Prediction> predict(List<TextRecord> records, Runnable between);

  /**
   * Finds out, without the model, whether a record can be asked about.
   *
   * @throws IllegalArgumentException naming the record that cannot
   */
  void check(TextRecord record);

  /** Predictions that belong together. */
  Predictions predictions(List<? extends Prediction> samples);

  static LanguagePredictor of(TextSuite suite, LanguageCandidate model) {
    return suite.measure().isOfWriting()
        ? new Written(suite.measure(), new Writing(suite, model))
        : new Scored(suite.measure(), new Questions(suite, model), model);
  }

  /** How likely the model finds what is to be said. */
  record Scored(Measure measure, Questions questions, LanguageCandidate model)
      implements LanguagePredictor {
    @Override
    public List<LanguagePrediction> predict(List<TextRecord> records, Runnable between) {
      List<Question> asked = records.stream().map(questions::of).toList();
      List<List<AnswerSequence>> sequences = asked.stream().flatMap(Question::sequences).toList();
      double[] nats = model.scorer().natsOfQuestions(sequences, between);
      List<LanguagePrediction> answers = new ArrayList<>();
      int from = 0;
      for (Question question : asked) {
        int to = from + question.count();
        answers.add(question.answered(Arrays.copyOfRange(nats, from, to)));
        from = to;
      }
      return answers;
    }

    @Override
    public void check(TextRecord record) {
      questions.check(record);
    }

    @Override
    public Predictions predictions(List<? extends Prediction> samples) {
      return new LanguagePredictions(
          measure, samples.stream().map(LanguagePrediction.class::cast).toList());
    }
  }

  /** What the model writes. */
  record Written(Measure measure, Writing writing) implements LanguagePredictor {
    @Override
    public List<WrittenPrediction> predict(List<TextRecord> records, Runnable between) {
      return writing.of(records, between);
    }

    @Override
    public void check(TextRecord record) {
      writing.check(record);
    }

    @Override
    public Predictions predictions(List<? extends Prediction> samples) {
      return new WrittenPredictions(
          measure, samples.stream().map(WrittenPrediction.class::cast).toList());
    }
  }
}
