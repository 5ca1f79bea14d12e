package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.v1.AverageComparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.MatchedComparison;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.PairedTest;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A study of nine points, three seeds and five suites, beside numpy's own bootstrap, {@code interp}
 * and {@code polyfit} over the same outcomes. The draws differ, so intervals agree within what
 * 10,000 resamples leave open.
 */
class GoldenTradeOffTest {
  private static final double DRAWS = 0.006;

  private static JsonNode golden;
  private static Report report;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = GoldenTradeOffTest.class.getResourceAsStream("golden-trade-off.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    Evidence evidence = new Evidence(suites(), points(), "full");
    report =
        Answer.of(evidence, Optional.of(Selection.choose(evidence, 1, 3)), "Golden", Map.of(), 3);
  }

  @Test
  void whatIsChosenOfEveryMethodIsTestedAsOneFamily() {
    assertThat(report.getChoicesList())
        .extracting(MethodChoice::getLabel)
        .containsExactly("full", "l2", "lora", "full wise");
    assertThat(report.getChoicesList())
        .extracting(MethodChoice::getCandidates)
        .containsExactly(1, 3, 1, 3);
    assertThat(report.getChosenReference()).isEqualTo("full");
    List<Double> raw = new ArrayList<>();
    List<Double> adjusted = new ArrayList<>();
    for (MethodChoice choice : report.getChoicesList()) {
      TradeOffPoint point =
          report.getPointsList().stream()
              .filter(one -> one.getLabel().equals(choice.getPoint()))
              .findFirst()
              .orElseThrow();
      assertThat((point.getMethod() + " " + point.getAverage()).strip())
          .isEqualTo(choice.getLabel());
      assertThat(choice.getAgainstBase().getGenerality())
          .isEqualTo(point.getAgainstBase().getGenerality());
      assertThat(choice.hasAgainstReference()).isEqualTo(!point.getLabel().equals("full"));
      for (PairedTest test :
          List.of(
              choice.getAgainstBase().getSpecialityTest(),
              choice.getAgainstBase().getGeneralityTest())) {
        raw.add(test.getPValue());
        adjusted.add(test.getAdjustedPValue());
      }
    }
    assertThat(adjusted).isEqualTo(Holm.adjusted(raw));
  }

  @Test
  void theHypervolumeHasTheInterval() {
    JsonNode expected = golden.get("hypervolume");
    assertThat(report.getHypervolume())
        .isCloseTo(expected.get("value").doubleValue(), within(1e-12));
    check(report.getHypervolumeInterval(), expected.get("value"), expected.get("interval"));
  }

  @Test
  void generalityAtMatchedSpecialityIsThatOfTheInterpolatedCurves() {
    JsonNode expected = golden.get("matched");
    assertThat(report.getMatchedList())
        .extracting(MatchedComparison::getLabel)
        .containsExactly("l2", "lora", "full wise");
    for (MatchedComparison one : report.getMatchedList()) {
      check(one, expected.get(one.getLabel()));
      assertThat(one.getCandidates()).isEqualTo(one.getLabel().equals("lora") ? 1 : 3);
      assertThat(one.getReferencePointsList()).containsExactly("full");
    }
  }

  @Test
  void methodsAreComparedWithAnAverageThatHasEquallyManyPoints() {
    AverageComparison wise = report.getAverages(0);
    assertThat(report.getAveragesCount()).isEqualTo(1);
    assertThat(wise.getLabel()).isEqualTo("full wise");
    assertThat(wise.getMethodsList())
        .extracting(MatchedComparison::getLabel)
        .containsExactly("l2", "lora");
    for (MatchedComparison one : wise.getMethodsList()) {
      JsonNode method = golden.get("averages").get("full wise").get(one.getLabel());
      check(one, method);
      assertThat(one.getReferencePointsList()).isEqualTo(texts(method.get("reference_points")));
    }
    assertThat(wise.getMethods(1).getTest().getAdjustedPValue())
        .as("over the two alone")
        .isEqualTo(2 * wise.getMethods(1).getTest().getPValue());
  }

  private static void check(MatchedComparison one, JsonNode expected) {
    assertThat(one.getPointsList()).isEqualTo(texts(expected.get("points")));
    List<Estimate> estimates =
        List.of(
            one.getSpeciality(),
            one.getGenerality(),
            one.getReferenceGenerality(),
            one.getDifference());
    for (int i = 0; i < estimates.size(); i++) {
      check(estimates.get(i), expected.get("values").get(i), expected.get("intervals").get(i));
    }
    assertThat(one.getTest().getPValue()).isCloseTo(expected.get("p").doubleValue(), within(0.04));
    assertThat(one.getTest().getAdjustedPValue()).isBetween(one.getTest().getPValue(), 1.0);
  }

  @Test
  void effectiveRobustnessIsWhatLiesBeyondTheFittedLine() {
    JsonNode expected = golden.get("robustness");
    assertThat(report.getRobustness().getMissing()).isEmpty();
    assertThat(report.getRobustness().getBaselinesList())
        .containsExactly("full", "l2 a", "l2 b", "l2 c", "lora");
    assertThat(report.getRobustness().getSlope())
        .isCloseTo(expected.get("slope").doubleValue(), within(1e-9));
    assertThat(report.getRobustness().getIntercept())
        .isCloseTo(expected.get("intercept").doubleValue(), within(1e-9));
    for (TradeOffPoint point : report.getPointsList()) {
      JsonNode beyond = expected.get("beyond").get(point.getLabel());
      check(point.getEffectiveRobustness(), beyond.get("value"), beyond.get("interval"));
    }
  }

  private static void check(Estimate estimate, JsonNode value, JsonNode interval) {
    assertThat(estimate.getValue()).isCloseTo(value.doubleValue(), within(1e-9));
    double tolerance = DRAWS + 0.05 * (estimate.getHigh() - estimate.getLow());
    assertThat(estimate.getLow()).isCloseTo(interval.get(0).doubleValue(), within(tolerance));
    assertThat(estimate.getHigh()).isCloseTo(interval.get(1).doubleValue(), within(tolerance));
  }

  private static List<Suite> suites() {
    List<Suite> suites = new ArrayList<>();
    golden
        .get("suites")
        .properties()
        .forEach(
            suite ->
                suites.add(
                    new Suite(
                        suite.getKey(),
                        Role.valueOf(suite.getValue().get(0).textValue()),
                        Use.valueOf(suite.getValue().get(1).textValue()),
                        Measure.ACCURACY)));
    return suites;
  }

  private static List<Point> points() {
    List<Point> points = new ArrayList<>();
    golden
        .get("points")
        .properties()
        .forEach(point -> points.add(point(point.getKey(), point.getValue())));
    return points;
  }

  private static Point point(String label, JsonNode point) {
    int runs = point.get("bits").get("photo").size();
    List<Run> all = new ArrayList<>();
    for (int seed = 0; seed < runs; seed++) {
      Map<String, Scores> scores = new HashMap<>();
      for (Map.Entry<String, JsonNode> suite : point.get("bits").properties()) {
        scores.put(
            suite.getKey(), Scores.of(Samples.outcomes(suite.getValue().get(seed).textValue())));
      }
      OptionalLong trained = runs == 1 ? OptionalLong.empty() : OptionalLong.of(seed);
      all.add(new Run(label + "-" + seed, trained, 1, scores));
    }
    return new Point(
        label,
        point.get("method").textValue(),
        point.get("average").textValue(),
        alpha(label),
        all);
  }

  private static OptionalDouble alpha(String label) {
    int at = label.indexOf("α=");
    return at < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(label.substring(at + 2)));
  }

  private static List<String> texts(JsonNode values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.textValue()));
    return texts;
  }
}
