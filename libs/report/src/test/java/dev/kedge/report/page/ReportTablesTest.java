package dev.kedge.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.report.SampleReport;
import dev.kedge.v1.MatchedComparison;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** The report as CSV and as Markdown. */
class ReportTablesTest {
  private static final Report REPORT = SampleReport.make("Photos without forgetting art");

  @Test
  void aProgramReadsBackEveryNumberUnrounded() throws IOException {
    String csv = ReportCsv.of(REPORT);
    Files.writeString(Path.of("target", "sample-report.csv"), csv);
    List<CSVRecord> rows =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(csv))
            .getRecords();
    assertThat(rows)
        .hasSize(
            REPORT.getPointsCount() * (2 + 5)
                + REPORT.getMatchedCount() * 2
                + REPORT.getAverages(0).getMethodsCount() * 2
                + REPORT.getChoicesCount() * 2)
        .allMatch(CSVRecord::isConsistent);

    TradeOffPoint point = REPORT.getPoints(1);
    CSVRecord generality = row(rows, point.getLabel(), "", "GENERALITY");
    assertThat(number(generality, "value")).isEqualTo(point.getGenerality().getValue());
    assertThat(number(generality, "low")).isEqualTo(point.getGenerality().getLow());
    assertThat(number(generality, "base_difference"))
        .isEqualTo(point.getAgainstBase().getGenerality().getValue());
    assertThat(number(generality, "reference_adjusted_p"))
        .isEqualTo(point.getAgainstReference().getGeneralityTest().getAdjustedPValue());
    assertThat(generality.get("unit")).isEqualTo("share");

    SuiteScore art = point.getSuites(3);
    CSVRecord suite = row(rows, point.getLabel(), "art", "GENERALITY");
    assertThat(number(suite, "value")).isEqualTo(art.getAccuracy().getValue());
    assertThat(number(suite, "right_to_wrong")).isEqualTo(art.getNegativeFlips());
    assertThat(number(suite, "wrong_to_right")).isEqualTo(art.getPositiveFlips());
    assertThat(number(suite, "calibration_error")).isEqualTo(art.getCalibrationError());
    assertThat(suite.get("base_p")).isEmpty();
    CSVRecord base = row(rows, "base", "art", "GENERALITY");
    assertThat(base.get("right_to_wrong")).as("the base has flipped nothing").isEmpty();

    MatchedComparison matched = REPORT.getMatched(0);
    List<CSVRecord> both =
        rows.stream()
            .filter(row -> row.get("measure").equals("MATCHED"))
            .filter(row -> row.get("point").equals(matched.getLabel()))
            .toList();
    assertThat(both).extracting(r -> r.get("role")).containsExactly("SPECIALITY", "GENERALITY");
    assertThat(number(both.get(0), "value")).isEqualTo(matched.getSpeciality().getValue());
    assertThat(number(both.get(1), "value")).isEqualTo(matched.getGenerality().getValue());
    assertThat(number(both.get(1), "reference_difference"))
        .isEqualTo(matched.getDifference().getValue());
    assertThat(number(both.get(1), "reference_adjusted_p"))
        .isEqualTo(matched.getTest().getAdjustedPValue());
    assertThat(rows.stream().filter(row -> row.get("measure").equals("BESIDE full wise")))
        .extracting(row -> row.get("point"))
        .containsExactly("l2", "l2", "lp-ft", "lp-ft");
  }

  @Test
  void whatIsChosenOfEveryMethodStandsInEveryForm() {
    MethodChoice wise = REPORT.getChoices(REPORT.getChoicesCount() - 1);
    assertThat(wise.getCandidates()).isEqualTo(5);
    assertThat(ReportCsv.of(REPORT).lines().filter(line -> line.contains(",CHOSEN,")))
        .hasSize(2 * REPORT.getChoicesCount())
        .anyMatch(line -> line.startsWith(wise.getPoint() + ","));
    assertThat(ReportMarkdown.of(REPORT, false)).contains("## Each method as it would be chosen");
    assertThat(ReportPage.of(REPORT)).contains("<h2>Each method as it would be chosen</h2>");
  }

  @Test
  void theTablesOfThePageAreMarkdown() throws IOException {
    String markdown = ReportMarkdown.of(REPORT, false);
    Files.writeString(Path.of("target", "sample-report.md"), markdown);
    assertThat(markdown)
        .startsWith("# Photos without forgetting art\n")
        .contains("**Recommended: " + REPORT.getRecommended())
        .contains("\n## Beside full wise\n\n", "Differences are the method's.\nBold where")
        .contains("\n### art\n", "\n## Notes\n", "conditional on these runs");
    List<String> lines = markdown.lines().toList();
    int header =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("| Point |")).findFirst().get());
    for (int i = header; i < header + 2 + REPORT.getPointsCount(); i++) {
      assertThat(lines.get(i)).as("line " + i).startsWith("|").endsWith("|");
      assertThat(lines.get(i).replace("\\|", "").chars().filter(c -> c == '|')).hasSize(9);
    }
  }

  @Test
  void textFromOutsideStaysInsideItsCell() {
    Report report =
        SampleReport.make("a | b\n# c <img>").toBuilder().addNotes("one|two\n- three").build();
    assertThat(ReportMarkdown.of(report, false))
        .startsWith("# a \\| b # c &lt;img>\n")
        .contains("- one\\|two - three\n");
  }

  private static CSVRecord row(List<CSVRecord> rows, String point, String suite, String role) {
    return rows.stream()
        .filter(row -> row.get("point").equals(point))
        .filter(row -> row.get("suite").equals(suite) && row.get("role").equals(role))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void namesThatASpreadsheetWouldRunAreTexts() {
    TradeOffPoint.Builder point = REPORT.getPoints(1).toBuilder();
    point.setLabel("=HYPERLINK(1)").setMethod("@l2").setAverage("-1+1");
    point.getSuitesBuilder(0).setSuite("+art");
    Report report = REPORT.toBuilder().clearPoints().clearChoices().addPoints(point).build();
    String csv = ReportCsv.of(report);
    assertThat(csv).contains("'=HYPERLINK(1),'@l2,'-1+1,", ",'+art,").doesNotContain(",-1+1");
    assertThat(ReportCsv.of(REPORT).lines().anyMatch(line -> line.matches(".*,-[0-9].*")))
        .as("numbers below 0 stay numbers")
        .isTrue();
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }
}
