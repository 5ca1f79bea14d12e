package dev.kedge.report.page;

import dev.kedge.v1.SuiteScore;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The columns of a suite's table; which it has depends on what the suite measures. */
record SuiteColumn(String heading, Predicate<SuiteScore> present, Function<SuiteScore, Cell> cell) {
  private static final List<SuiteColumn> ALL =
      List.of(
          new SuiteColumn(
              "accuracy, %",
              SuiteScore::hasAccuracy,
              score -> Cell.value(Figures.PERCENT, score.hasAccuracy(), score.getAccuracy())),
          new SuiteColumn(
              "bits per byte",
              SuiteScore::hasBitsPerByte,
              score -> Cell.value(Figures.BITS, score.hasBitsPerByte(), score.getBitsPerByte())),
          new SuiteColumn("against the base", score -> true, SuiteColumn::againstBase),
          new SuiteColumn(
              "right before, wrong now, %",
              score -> score.hasAccuracy() || score.hasChoices(),
              score -> percent(score.hasAgainstBase(), score.getNegativeFlips())),
          new SuiteColumn(
              "wrong before, right now, %",
              score -> score.hasAccuracy() || score.hasChoices(),
              score -> percent(score.hasAgainstBase(), score.getPositiveFlips())),
          new SuiteColumn(
              "right choices, %",
              score -> score.hasChoices() && score.hasBitsPerByte(),
              score -> percent(true, score.getChoices().getAccuracy())),
          new SuiteColumn(
              "always the most frequent choice, %",
              SuiteScore::hasChoices, score -> percent(true, score.getChoices().getMajority())),
          new SuiteColumn(
              "without the question, %",
              score -> score.getChoices().hasWithoutQuestion(),
              score -> percent(true, score.getChoices().getWithoutQuestion())),
          new SuiteColumn(
              "single instructions, %",
              SuiteScore::hasInstructions,
              score -> percent(true, score.getInstructions().getSingle())),
          new SuiteColumn(
              "word perplexity",
              score -> score.getPerplexity().hasWord(),
              score -> number(score.getPerplexity().getWord())),
          new SuiteColumn(
              "nats per token",
              SuiteScore::hasPerplexity,
              score -> number(score.getPerplexity().getNatsPerToken())),
          new SuiteColumn(
              "mean per class, %",
              SuiteColumn::hasClasses, score -> percent(true, score.getMeanPerClass())),
          new SuiteColumn(
              "top-5, %", SuiteColumn::hasClasses, score -> percent(true, score.getTop5())),
          new SuiteColumn(
              "calibration error, %",
              SuiteColumn::hasClasses, score -> percent(true, score.getCalibrationError())));

  /** The columns that a suite has. */
  static Stream<SuiteColumn> of(SuiteScore suite) {
    return ALL.stream().filter(column -> column.present.test(suite));
  }

  Cell cell(SuiteScore score) {
    return cell.apply(score);
  }

  private static boolean hasClasses(SuiteScore score) {
    return score.getClassesCount() > 0;
  }

  private static Cell againstBase(SuiteScore score) {
    Figures figures = score.hasAccuracy() ? Figures.PERCENT : Figures.BITS;
    return Cell.difference(figures, score.hasAgainstBase(), score.getAgainstBase());
  }

  private static Cell number(double value) {
    return Cell.plain(String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.0f", value));
  }

  private static Cell percent(boolean present, double share) {
    return Cell.plain(present ? Figures.PERCENT.value(share) : "–");
  }
}
