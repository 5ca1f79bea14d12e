package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A study of bits per byte: less is better everywhere. */
class BitsPerByteTest {
  private static final Suite ANSWERS_DEV =
      suite("answers-dev", Role.SPECIALITY, Use.SELECT, Measure.ANSWER_BITS_PER_BYTE);
  private static final Suite TEXT_DEV =
      suite("text-dev", Role.GENERALITY, Use.SELECT, Measure.BITS_PER_BYTE);
  private static final Suite ANSWERS =
      suite("answers", Role.SPECIALITY, Use.REPORT, Measure.ANSWER_BITS_PER_BYTE);
  private static final Suite TEXT =
      suite("text", Role.GENERALITY, Use.REPORT, Measure.BITS_PER_BYTE);
  private static final int SAMPLES = 200;

  private final Evidence evidence =
      new Evidence(
          List.of(ANSWERS_DEV, TEXT_DEV, ANSWERS, TEXT),
          List.of(point("base", 2.0, 1.5), point("full", 1.0, 2.5), point("l2", 1.005, 1.7)),
          "full");

  @Test
  void theOneWithFewestBitsAmongTheNearlyBestIsChosen() {
    Choice choice = Selection.choose(evidence, 1.0, 1);
    assertThat(choice.label()).isEqualTo("l2");
    assertThat(choice.rule())
        .isEqualTo(
            "Best (lowest) generality (text-dev) among the points within 1.0 hundredths of a bit"
                + " per byte of the best speciality (answers-dev), both on SELECT data.");
  }

  @Test
  void aToleranceOfHundredthsOfABitLetsNoMoreIn() {
    // 1.005 against 1.0 is half a hundredth; the paired error is smaller still.
    assertThat(Selection.choose(evidence, 0.4, 1).label()).isEqualTo("full");
    assertThat(Selection.choose(evidence, 101, 1).label()).isEqualTo("base");
  }

  @Test
  void theReportSaysTheUnitAndTurnsTheFrontierRound() {
    Report report = report();
    assertThat(report.getSpecialityScale().getUnit()).isEqualTo("bits per byte");
    assertThat(report.getGeneralityScale().getLowerIsBetter()).isTrue();
    assertThat(report.getPointsList())
        .extracting(TradeOffPoint::getLabel)
        .as("best generality first")
        .containsExactly("base", "l2", "full");
    assertThat(report.getPointsList()).allMatch(TradeOffPoint::getOnFrontier);
    double expected =
        (1 - 2.0 / 8) * (1 - 1.5 / 8)
            + (2.0 - 1.005) / 8 * (1 - 1.7 / 8)
            + (1.005 - 1.0) / 8 * (1 - 2.5 / 8);
    assertThat(report.getHypervolume()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void whatWasForgottenIsPositiveBits() {
    TradeOffPoint full = report().getPoints(2);
    assertThat(full.getAgainstBase().getGenerality().getValue()).isCloseTo(1.0, within(1e-9));
    assertThat(full.getAgainstBase().getGeneralityTest().getAdjustedPValue()).isLessThan(0.05);
    SuiteScore text = full.getSuites(3);
    assertThat(text.getMeasure()).isEqualTo("BITS_PER_BYTE");
    assertThat(text.hasAccuracy()).isFalse();
    assertThat(text.getBitsPerByte().getValue()).isCloseTo(2.5, within(1e-9));
    assertThat(text.getForgetting().getValue()).isCloseTo(1.0, within(1e-9));
    assertThat(full.getSuites(2).getForgetting().getHigh()).as("it learnt").isNegative();
    assertThat(text.getTestsList()).isEmpty();
  }

  @Test
  void theIntervalIsThatOfARatioOfSums() {
    // A ratio's error by the delta method, for lengths that differ between samples.
    Interval interval =
        CrossedBootstrap.of(evidence, 3).value(evidence.points().get(0), List.of(TEXT));
    double[] residuals = new double[SAMPLES];
    double bytes = 0;
    List<LanguagePrediction> samples = texts(1.5).samples();
    for (int i = 0; i < SAMPLES; i++) {
      LanguagePrediction sample = samples.get(i);
      residuals[i] = sample.nats() / Math.log(2) - 1.5 * sample.bytes();
      bytes += sample.bytes();
    }
    double squares = 0;
    for (double residual : residuals) {
      squares += residual * residual;
    }
    double error = Math.sqrt(squares) / bytes;
    System.out.printf(
        "ratio: half width %.4f, delta method %.4f%n",
        (interval.high() - interval.low()) / 2, 1.96 * error);
    assertThat((interval.high() - interval.low()) / 2).isCloseTo(1.96 * error, within(0.1 * error));
  }

  @Test
  void accuraciesAndBitsInOneRoleAreRefused() {
    Suite choices = suite("choices", Role.GENERALITY, Use.REPORT, Measure.ACCURACY);
    assertThatThrownBy(() -> new Evidence(List.of(TEXT, choices), evidence.points(), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'text' (BITS_PER_BYTE) and 'choices' (ACCURACY)")
        .hasMessageContaining("GENERALITY");
  }

  @Test
  void scoresOfAnotherMeasureThanTheSuitesAreRefused() {
    Suite claimed = suite("text", Role.GENERALITY, Use.REPORT, Measure.ANSWER_BITS_PER_BYTE);
    assertThatThrownBy(() -> new Evidence(List.of(claimed), evidence.points(), ""))
        .hasMessageContaining("'base' has BITS_PER_BYTE in place of ANSWER_BITS_PER_BYTE on suite");
  }

  @Test
  void accuracyOfOneRoleAndBitsOfTheOtherMakeOnePlane() {
    Suite photo = suite("photo", Role.SPECIALITY, Use.REPORT, Measure.ACCURACY);
    Run run =
        Samples.run("full", 0, Map.of(photo, Samples.exactly(9, 10), TEXT, Scores.of(texts(2))));
    Evidence mixed = new Evidence(List.of(photo, TEXT), List.of(Samples.point("full", run)), "");
    Report report = Answer.of(mixed, Optional.empty(), "", Map.of(), 1);
    assertThat(report.getHypervolume()).isCloseTo(0.9 * 0.75, within(1e-9));
  }

  private Report report() {
    Choice choice = Selection.choose(evidence, 1.0, 1);
    return Answer.of(evidence, Optional.of(choice), "A title", Map.of(), 5);
  }

  private static Point point(String label, double speciality, double generality) {
    Scores answers =
        Scores.of(
            new LanguagePredictions(
                Measure.ANSWER_BITS_PER_BYTE, Samples.costs(SAMPLES, speciality, 1)));
    Scores texts = Scores.of(texts(generality));
    Run run =
        Samples.run(
            label, 0, Map.of(ANSWERS_DEV, answers, ANSWERS, answers, TEXT_DEV, texts, TEXT, texts));
    return Samples.point(label, run);
  }

  private static LanguagePredictions texts(double bitsPerByte) {
    return new LanguagePredictions(Measure.BITS_PER_BYTE, Samples.costs(SAMPLES, bitsPerByte, 1));
  }

  private static Suite suite(String id, Role role, Use use, Measure measure) {
    return new Suite(id, role, use, measure);
  }
}
