package dev.kedge.report.page;

import dev.kedge.report.Measure;
import dev.kedge.v1.AverageComparison;
import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.MatchedComparison;
import dev.kedge.v1.PairedTest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The report as one table: of every point the means of both roles, whose suite is empty, and every
 * suite; then what methods and averages come to at the reference's speciality, whose measure is
 * {@value #MATCHED}, and what methods come to at an average's, whose measure is {@value #BESIDE}
 * and the average; then what SELECT data chooses of each, whose measure is {@value #CHOSEN}.
 * Numbers are unrounded, shares in [0, 1]; what was not measured is empty. A text that a
 * spreadsheet would take for a formula has a {@code '} before it.
 */
public final class ReportCsv {
  private static final String MATCHED = "MATCHED";
  private static final String BESIDE = "BESIDE ";
  private static final String CHOSEN = "CHOSEN";
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r]");

  private static final String[] COLUMNS = {
    "point",
    "method",
    "average",
    "alpha",
    "recommended",
    "on_frontier",
    "seeds",
    "compute_seconds",
    "suite",
    "role",
    "use",
    "measure",
    "unit",
    "lower_is_better",
    "samples",
    "value",
    "low",
    "high",
    "base_difference",
    "base_low",
    "base_high",
    "base_p",
    "base_adjusted_p",
    "reference_difference",
    "reference_low",
    "reference_high",
    "reference_p",
    "reference_adjusted_p",
    "right_to_wrong",
    "wrong_to_right",
    "mean_per_class",
    "top5",
    "calibration_error"
  };

  private final Report report;
  private final CSVPrinter printer;

  private ReportCsv(Report report, CSVPrinter printer) {
    this.report = report;
    this.printer = printer;
  }

  /** The table, under a line of headings. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    CSVFormat format =
        CSVFormat.DEFAULT.builder().setHeader(COLUMNS).setRecordSeparator("\n").get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      new ReportCsv(report, printer).print();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private void print() throws IOException {
    for (TradeOffPoint point : report.getPointsList()) {
      if (point.hasSpeciality()) {
        line(speciality(point, ""));
      }
      if (point.hasGenerality()) {
        line(generality(point, ""));
      }
      for (SuiteScore suite : point.getSuitesList()) {
        line(suite(point, suite));
      }
    }
    printMatched(report.getMatchedList(), MATCHED);
    for (AverageComparison average : report.getAveragesList()) {
      printMatched(average.getMethodsList(), BESIDE + average.getLabel());
    }
    for (ChosenPoint chosen : ChosenPoint.of(report)) {
      TradeOffPoint point = chosen.point();
      if (point.hasSpeciality()) {
        line(speciality(point, CHOSEN));
      }
      if (point.hasGenerality()) {
        line(generality(point, CHOSEN));
      }
    }
  }

  private void line(List<Object> row) throws IOException {
    printer.printRecord(row.stream().map(ReportCsv::harmless).toList());
  }

  /** A spreadsheet takes a text that begins so for a formula, and does what it says. */
  private static Object harmless(Object value) {
    return value instanceof String text && FORMULA.matcher(text).lookingAt() ? "'" + text : value;
  }

  private void printMatched(List<MatchedComparison> compared, String measure) throws IOException {
    for (MatchedComparison matched : compared) {
      line(matchedSpeciality(matched, measure));
      line(matchedGenerality(matched, measure));
    }
  }

  private List<Object> matchedSpeciality(MatchedComparison matched, String measure) {
    List<Object> row = matched(matched, measure, "SPECIALITY", report.getSpecialityScale());
    addEstimate(row, true, matched.getSpeciality());
    return filled(row);
  }

  private List<Object> matchedGenerality(MatchedComparison matched, String measure) {
    List<Object> row = matched(matched, measure, "GENERALITY", report.getGeneralityScale());
    addEstimate(row, true, matched.getGenerality());
    row.addAll(List.of("", "", "", "", ""));
    addEstimate(row, true, matched.getDifference());
    addTest(row, true, matched.getTest());
    return filled(row);
  }

  private static List<Object> matched(
      MatchedComparison matched, String measure, String role, Scale scale) {
    List<Object> row = new ArrayList<>(List.of(matched.getLabel(), "", "", "", "", "", "", ""));
    row.addAll(List.of("", role, "REPORT", measure, scale.getUnit(), scale.getLowerIsBetter(), ""));
    return row;
  }

  private List<Object> speciality(TradeOffPoint point, String measure) {
    List<Object> row = mean(point, "SPECIALITY", measure, report.getSpecialityScale());
    addEstimate(row, true, point.getSpeciality());
    for (Comparison each : List.of(point.getAgainstBase(), point.getAgainstReference())) {
      addEstimate(row, each.hasSpeciality(), each.getSpeciality());
      addTest(row, each.hasSpecialityTest(), each.getSpecialityTest());
    }
    return filled(row);
  }

  private List<Object> generality(TradeOffPoint point, String measure) {
    List<Object> row = mean(point, "GENERALITY", measure, report.getGeneralityScale());
    addEstimate(row, true, point.getGenerality());
    for (Comparison each : List.of(point.getAgainstBase(), point.getAgainstReference())) {
      addEstimate(row, each.hasGenerality(), each.getGenerality());
      addTest(row, each.hasGeneralityTest(), each.getGeneralityTest());
    }
    return filled(row);
  }

  private static List<Object> mean(TradeOffPoint point, String role, String measure, Scale scale) {
    List<Object> row = new ArrayList<>(about(point));
    row.addAll(List.of("", role, "REPORT", measure, scale.getUnit(), scale.getLowerIsBetter(), ""));
    return row;
  }

  private static List<Object> suite(TradeOffPoint point, SuiteScore suite) {
    dev.kedge.report.Scale scale = Measure.valueOf(suite.getMeasure()).scale();
    List<Object> row = new ArrayList<>(about(point));
    row.addAll(
        List.of(
            suite.getSuite(),
            suite.getRole(),
            suite.getUse(),
            suite.getMeasure(),
            scale.unit(),
            scale.lowerIsBetter(),
            suite.getSamples()));
    addEstimate(row, true, suite.hasAccuracy() ? suite.getAccuracy() : suite.getBitsPerByte());
    addEstimate(row, suite.hasAgainstBase(), suite.getAgainstBase());
    row.addAll(List.of("", "", "", "", "", "", ""));
    boolean flips = suite.hasAgainstBase() && suite.getTestsCount() > 0;
    row.add(flips ? suite.getNegativeFlips() : "");
    row.add(flips ? suite.getPositiveFlips() : "");
    boolean classes = suite.getClassesCount() > 0;
    row.add(classes ? suite.getMeanPerClass() : "");
    row.add(classes ? suite.getTop5() : "");
    row.add(classes ? suite.getCalibrationError() : "");
    return row;
  }

  private static List<Object> about(TradeOffPoint point) {
    return List.of(
        point.getLabel(),
        point.getMethod(),
        point.getAverage(),
        point.hasAlpha() ? point.getAlpha() : "",
        point.getRecommended(),
        point.getOnFrontier(),
        point.getSeedsCount(),
        point.getComputeSeconds());
  }

  private static void addEstimate(List<Object> row, boolean present, Estimate estimate) {
    row.add(present ? estimate.getValue() : "");
    row.add(present ? estimate.getLow() : "");
    row.add(present ? estimate.getHigh() : "");
  }

  private static void addTest(List<Object> row, boolean present, PairedTest test) {
    row.add(present ? test.getPValue() : "");
    row.add(present ? test.getAdjustedPValue() : "");
  }

  private static List<Object> filled(List<Object> row) {
    while (row.size() < COLUMNS.length) {
      row.add("");
    }
    return row;
  }
}
