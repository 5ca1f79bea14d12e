package dev.kedge.report.sample;

import dev.kedge.data.text.TextRecord;
import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.Flips;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Predictions;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.v1.Flip;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/** Tells of a suite's flipped samples in words, with a small picture where there is one. */
public final class FlipTelling {
  private final Predictions predictions;
  private final Wording wording;

  /**
   * Tells of one suite.
   *
   * @param predictions any model's on it
   */
  public FlipTelling(EvaluateSpec.Suite suite, Predictions predictions) {
    this.predictions = predictions;
    this.wording = new Wording(suite.getLanguage());
  }

  /**
   * Tells of one sample.
   *
   * @param stored its bytes in the data set: a picture's file, or a record; empty where they are
   *     gone
   */
  public Flip of(Flips.Pair pair, Optional<byte[]> stored) {
    Flip.Builder flip = Flip.newBuilder().setSample(pair.now().sample());
    if (pair.now() instanceof ClassPrediction now) {
      stored.map(Thumbnail::of).ifPresent(flip::setPicture);
      return classified(flip, (ClassPrediction) pair.before(), now);
    }
    Optional<TextRecord> record = stored.map(json -> TextRecord.read(pair.now().sample(), json));
    if (pair.now() instanceof WrittenPrediction now) {
      record.ifPresent(asked -> flip.setQuestion(Excerpt.of(wording.prompt(asked))));
      return written(flip, (WrittenPrediction) pair.before(), now);
    }
    LanguagePrediction before = (LanguagePrediction) pair.before();
    LanguagePrediction now = (LanguagePrediction) pair.now();
    return now.choices().isEmpty()
        ? costing(flip, before, now, record)
        : choosing(flip, before, now, record);
  }

  private Flip classified(Flip.Builder flip, ClassPrediction before, ClassPrediction now) {
    List<String> classes = ((ClassPredictions) predictions).classes();
    return flip.setRight(classes.get(now.label()))
        .setBefore(classes.get(before.top().get(0)))
        .setNow(classes.get(now.top().get(0)))
        .build();
  }

  private static Flip written(Flip.Builder flip, WrittenPrediction before, WrittenPrediction now) {
    return flip.setRight(Excerpt.of(now.wanted()))
        .setBefore(Excerpt.of(before.written()))
        .setNow(Excerpt.of(now.written()))
        .build();
  }

  private Flip choosing(
      Flip.Builder flip,
      LanguagePrediction before,
      LanguagePrediction now,
      Optional<TextRecord> record) {
    LanguagePredictions suite = (LanguagePredictions) predictions;
    IntFunction<String> choice =
        record
            .map(wording::choices)
            .<IntFunction<String>>map(choices -> place -> Excerpt.of(choices.get(place)))
            .orElse(place -> "choice " + (place + 1));
    record.ifPresent(asked -> flip.setQuestion(Excerpt.of(question(asked))));
    return flip.setRight(choice.apply(now.label()))
        .setBefore(choice.apply(suite.chosen(before)))
        .setNow(choice.apply(suite.chosen(now)))
        .build();
  }

  /** A blank where the choice stands in the prompt. */
  private String question(TextRecord record) {
    return wording.choosesInPrompt()
        ? wording.prompt(record, "___") + wording.answer(record)
        : wording.prompt(record);
  }

  private Flip costing(
      Flip.Builder flip,
      LanguagePrediction before,
      LanguagePrediction now,
      Optional<TextRecord> record) {
    record.ifPresent(
        asked ->
            flip.setQuestion(Excerpt.of(wording.prompt(asked)))
                .setRight(Excerpt.of(wording.answer(asked))));
    return flip.setBefore(cost(before)).setNow(cost(now)).build();
  }

  private static String cost(LanguagePrediction answer) {
    return String.format(
        Locale.ROOT, "%.3f bits per byte", answer.nats() / (answer.bytes() * Math.log(2)));
  }
}
