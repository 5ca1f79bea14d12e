package dev.kedge.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Timestamps;
import dev.kedge.report.SampleReport;
import dev.kedge.v1.Flip;
import dev.kedge.v1.Importance;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.ReportOrigin;
import dev.kedge.v1.SuiteFlips;
import dev.kedge.v1.TradeOffPoint;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final Report REPORT = SampleReport.make("Photos without forgetting art");
  private static final String PAGE = ReportPage.of(REPORT);

  @Test
  void theRecommendationAndItsRuleComeFirst() throws Exception {
    Files.writeString(Path.of("target", "sample-report.html"), PAGE);
    int name = PAGE.indexOf("<div class=\"name\">" + REPORT.getRecommended());
    assertThat(name).isPositive().isLessThan(PAGE.indexOf("<svg"));
    assertThat(PAGE).contains(REPORT.getRule()).contains(REPORT.getRecommendedCheckpoint());
    assertThat(PAGE).contains("3 seeds: conditional on these runs");
    assertThat(PAGE).contains(REPORT.getRecommended() + " seed=0: ");
    assertThat(PAGE).contains("α=0 is the base, α=1 the fine-tuned model");
  }

  @Test
  void withinASiteEveryMarkLeadsToItsPointAndAloneNoneDoes() {
    String within = ReportPage.within(REPORT, "/x/points");
    for (TradeOffPoint point : REPORT.getPointsList()) {
      String link =
          "<a href=\"/x/points?label=%s\""
              .formatted(URLEncoder.encode(point.getLabel(), StandardCharsets.UTF_8));
      assertThat(within.split(Pattern.quote(link), -1))
          .as("two pictures and the table lead to " + point.getLabel())
          .hasSize(4);
    }
    assertThat(within).contains("role=\"group\"").doesNotContain("role=\"img\"");
    assertThat(PAGE).doesNotContain("<a href").contains("role=\"img\"");
  }

  @Test
  void aMarkTellsItsNumbersAndItsCheckpointToPointersFingersAndKeyboards() {
    Report.Builder report =
        REPORT.toBuilder()
            .setRecommendedCheckpoint("projects/p/checkpoints/" + "0123456789abcdef".repeat(4));
    report
        .getPointsBuilderList()
        .forEach(
            point ->
                point.clearCandidates().addAllCandidates(List.of("a-s0", "a-s1", "a-s2", "a-s3")));
    for (String page :
        List.of(ReportPage.of(report.build()), ReportPage.within(report.build(), "/x/points"))) {
      assertThat(count(page, "class=\"mark\"")).isEqualTo(2 * REPORT.getPointsCount());
      for (TradeOffPoint point : REPORT.getPointsList()) {
        assertThat(count(page, "<p><b>" + point.getLabel() + "</b><br/>speciality "))
            .as("shown in two sizes")
            .isEqualTo(2);
      }
      assertThat(count(page, ")<br/>candidates a-s0, a-s1, a-s2 and 1 more</p>"))
          .isEqualTo(2 * (REPORT.getPointsCount() - 1));
      assertThat(count(page, ")<br/>checkpoint 0123456789abc…, candidates a-s0")).isEqualTo(2);
      assertThat(page).containsPattern("aria-label=\"full: speciality [^\"]*, candidates a-s0");
      assertThat(page.substring(page.indexOf("<svg"), page.lastIndexOf("</svg>")))
          .as("nothing that pointers alone are shown")
          .doesNotContain("<title>");
    }
    assertThat(count(PAGE, "<g class=\"mark\" tabindex=\"0\""))
        .isEqualTo(2 * REPORT.getPointsCount());
    assertThat(ReportPage.style())
        .contains("svg .mark:hover .tip, svg .mark:focus .tip { display: block; }");
  }

  @Test
  void whatAMarkTellsStaysInThePictureAndMarksDoNotCoverEachOther() {
    for (FrontierChart chart : PageView.of(REPORT, true).charts()) {
      for (FrontierChart.Mark mark : chart.marks()) {
        Tip tip = mark.tip();
        assertThat(tip.x()).isBetween(0, chart.width() - tip.width());
        assertThat(tip.y()).isBetween(0, chart.height() - tip.height());
        assertThat(tip.above() ? tip.y() + tip.height() : tip.y())
            .as("beside the mark")
            .isBetween((int) mark.y() - 16, (int) mark.y() + 16);
        assertThat(chart.marks())
            .filteredOn(other -> !other.equals(mark) && other.reach() > 5 && mark.reach() > 5)
            .allMatch(
                other ->
                    Math.hypot(other.x() - mark.x(), other.y() - mark.y()) + 0.2
                        >= other.reach() + mark.reach());
      }
    }
  }

  @Test
  void aPointIsToldWithAllItsNumbers() {
    PointView point = PointView.of(REPORT, REPORT.getRecommended()).orElseThrow();
    assertThat(point.speciality().value()).endsWith("%");
    assertThat(point.speciality().range()).contains("\u2013");
    assertThat(point.differences())
        .extracting(PointView.Difference::other)
        .containsExactly("the base", "full");
    assertThat(point.suites())
        .extracting(PointView.OfSuite::suite)
        .containsExactly("photo-dev", "art-dev", "photo", "art", "sketch");
    assertThat(point.suites().get(2).figures())
        .extracting(PointView.Figure::heading)
        .contains("accuracy, %", "against the base");
    assertThat(PointView.of(REPORT, "base").orElseThrow().differences())
        .extracting(PointView.Difference::other)
        .containsExactly("full");
    assertThat(PointView.of(REPORT, "none")).isEmpty();
  }

  @Test
  void thePageNeedsNothingElse() {
    assertThat(PAGE).doesNotContain("<script", "http:", "https:", "<link", "@import", "url(");
  }

  @Test
  void thePicturesAreWellFormedAndShowEveryPoint() throws Exception {
    Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(PAGE);
    int pictures = 0;
    while (svg.find()) {
      Document picture =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg.group())));
      assertThat(picture.getElementsByTagName("g").getLength())
          .as("each point, and what is told of it")
          .isEqualTo(2 * REPORT.getPointsCount());
      assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(2);
      assertThat(picture.getElementsByTagName("desc").item(0).getTextContent())
          .contains("Recommended: " + REPORT.getRecommended());
      pictures++;
    }
    assertThat(pictures).isEqualTo(2);
  }

  @Test
  void ofManyPointsFewHaveTheirCrossAndOfManyNotesFiveStandOpen() {
    assertThat(count(PAGE, "class=\"cross\"")).isEqualTo(2 * REPORT.getPointsCount());
    Report.Builder many = REPORT.toBuilder().clearNotes();
    for (int i = 0; i < 30; i++) {
      TradeOffPoint first = REPORT.getPoints(1);
      many.addPoints(
          first.toBuilder().setLabel("more " + i).setRecommended(false).setMethod("more"));
    }
    for (int i = 0; i < 7; i++) {
      many.addNotes("note " + i);
    }
    String page = ReportPage.of(many.build());
    assertThat(count(page, "class=\"cross\""))
        .as("the base's, the reference's and the recommended point's, in two sizes")
        .isEqualTo(2 * 3);
    assertThat(page).contains("of the base, " + REPORT.getReference() + " and the recommended");
    assertThat(page.indexOf("note 4"))
        .isLessThan(page.indexOf("<summary>2 more</summary>"))
        .isLessThan(page.indexOf("note 5"));
  }

  @Test
  void paperAndMarkdownDoWithoutManyAveragesBehindTheFrontierButInTheTableOfAllPoints() {
    Report.Builder many = REPORT.toBuilder();
    TradeOffPoint.Builder average =
        REPORT.getPoints(1).toBuilder()
            .setAverage("wise")
            .setRecommended(false)
            .setOnFrontier(false);
    for (int i = 0; i < 30; i++) {
      many.addPoints(average.setLabel("more-" + i));
    }
    List<String> chosen = REPORT.getChoicesList().stream().map(MethodChoice::getPoint).toList();
    long minor =
        many.getPointsList().stream()
            .filter(point -> !point.getAverage().isEmpty())
            .filter(point -> !point.getOnFrontier() && !point.getRecommended())
            .filter(point -> !chosen.contains(point.getLabel()))
            .count();
    int tables = REPORT.getPoints(1).getSuitesCount() + 1;
    assertThat(average.hasEffectiveRobustness()).isTrue();

    String page = ReportPage.of(many.build());
    assertThat(count(page, "<tr class=\"minor\">")).isEqualTo((int) minor * tables);
    assertThat(page)
        .contains("do without %d averages behind the frontier".formatted(minor))
        .contains("<main class=\"folding\">");
    assertThat(ReportPage.of(many.build(), true))
        .doesNotContain("class=\"minor\"")
        .doesNotContain("behind the frontier")
        .contains("<main>");
    assertThat(count(ReportMarkdown.of(many.build(), false), "| more-7 |")).isEqualTo(1);
    assertThat(count(ReportMarkdown.of(many.build(), true), "| more-7 |")).isEqualTo(1 + tables);
    assertThat(PAGE).doesNotContain("class=\"minor\"");

    many.addChoicesBuilder().setPoint("more-7");
    ShownPoints.mark(many);
    assertThat(many.getPointsList().stream().filter(TradeOffPoint::getMinor))
        .hasSize((int) minor - 1)
        .noneMatch(point -> point.getLabel().equals("more-7"));
    Report.Builder few = REPORT.toBuilder();
    ShownPoints.mark(few);
    assertThat(few.build()).isEqualTo(REPORT);
  }

  @Test
  void whatTheStagesOfEachKindTookIsTold() {
    Report.Builder report = REPORT.toBuilder();
    report.addCostsBuilder().setKind("TRAIN").setStages(15).setComputeSeconds(1234.4);
    report.addCostsBuilder().setKind("EVALUATE").setStages(1).setComputeSeconds(5);

    String told = "together, each stage once: TRAIN 1,234 s (15 stages), EVALUATE 5 s (1 stage).";
    assertThat(ReportPage.of(report.build())).contains(told);
    assertThat(ReportMarkdown.of(report.build(), false)).contains(told);
    assertThat(PAGE).as("reports of old").doesNotContain("each stage once");
  }

  @Test
  void ofManyPointsThoseBehindTheFrontierGoWithoutANameAndTheRecommendedOneNeverDoes() {
    Report.Builder many = REPORT.toBuilder();
    TradeOffPoint recommended =
        REPORT.getPointsList().stream()
            .filter(TradeOffPoint::getRecommended)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 30; i++) {
      many.addPoints(
          recommended.toBuilder()
              .setLabel("behind " + i)
              .setAverage("behind")
              .setRecommended(false)
              .setOnFrontier(false)
              .clearAlpha());
    }
    String page = ReportPage.of(many.build());
    assertThat(page).doesNotContainPattern("<text class=\"label\"[^>]*>behind");
    assertThat(count(page, "class=\"label chosen\"")).as("of two pictures").isEqualTo(2);
  }

  private static int count(String page, String text) {
    return (int) Pattern.compile(text, Pattern.LITERAL).matcher(page).results().count();
  }

  @Test
  void bitsPerByteRunBackwardsSoThatUpAndRightIsBetter() throws Exception {
    Report report = SampleReport.ofLanguage("Answers without forgetting English");
    String page = ReportPage.of(report);
    Files.writeString(Path.of("target", "sample-language-report.html"), page);

    assertThat(page)
        .contains("Speciality (the new task), bits per byte, less is better")
        .contains("Both axes are turned round")
        .contains("always the most frequent choice")
        .contains("Always taking the most frequent choice is right on 52.0% of &#39;piqa&#39;")
        .contains("speciality 8 bits per byte");
    double base = height(page, "base");
    double full = height(page, "full");
    assertThat(base).as("fewer bits of general text lie higher").isLessThan(full);
  }

  @Test
  void whereNothingIsRecommendedThePageSaysSo() {
    Report.Builder report = REPORT.toBuilder().clearRecommended().setRule("Nothing chose.");
    report.getPointsBuilderList().forEach(point -> point.setRecommended(false));
    report.getPointsBuilder(0).addMissingSeeds(4);
    assertThat(ReportPage.of(report.build()))
        .contains("<div class=\"name\">Nothing chose.</div>")
        .contains("lacks seed 4")
        .doesNotContain("class=\"ring\"");
  }

  @Test
  void theImportanceOfEachPartIsAMapOfHeat() {
    assertThat(PAGE)
        .contains("fisher-general: all labels, each by its probability", "1000 samples")
        .contains("<td colspan=\"3\" class=\"h8\">112×<small>1.7%</small></td>")
        .contains("<td colspan=\"3\" class=\"h0\">&lt;0.01×<small>0.0%</small></td>");
    assertThat(PAGE.split("scope=\"row\">block ", -1)).hasSize(5);
    assertThat(ReportPage.of(REPORT.toBuilder().clearImportances().build()))
        .doesNotContain("Where the old answers hang");
  }

  @Test
  void whatFlippedIsShownInPicturesAndInWords() {
    Report report =
        REPORT.toBuilder()
            .addFlips(
                SuiteFlips.newBuilder()
                    .setSuite("art")
                    .setCandidate("full-seed1")
                    .setLost(12)
                    .setGained(3)
                    .addLostExamples(
                        Flip.newBuilder()
                            .setSample("a.png")
                            .setBefore("dog")
                            .setNow("guitar")
                            .setPicture("data:image/jpeg;base64,AAAA"))
                    .addGainedExamples(
                        Flip.newBuilder()
                            .setQuestion("Why <b>?")
                            .setRight("so")
                            .setBefore("no")
                            .setNow("so")))
            .addFlips(SuiteFlips.newBuilder().setSuite("sketch").setCandidate("full-seed1"))
            .build();
    assertThat(ReportPage.of(report))
        .contains("What flipped", "(full-seed1)")
        .contains("of 400 samples 12 right before, wrong now; 3 wrong before, right now")
        .contains("<img src=\"data:image/jpeg;base64,AAAA\"", "&rarr;</span> <b>guitar</b>")
        .contains("Why &lt;b&gt;?")
        .contains("on everything else 12 of 800 went from right to wrong, 3 from wrong to right");
    assertThat(PAGE).doesNotContain("What flipped");
  }

  @Test
  void theExperimentTheDataAndTheCommandThatRepeatsItAreNamed() {
    Report report =
        SampleReport.make("Photos").toBuilder()
            .setOrigin(
                ReportOrigin.newBuilder()
                    .setExperiment("projects/default/experiments/ee5d")
                    .setLaunchTime(Timestamps.fromSeconds(1_764_414_180))
                    .putInputs("datasets/photo-train", "sha256:aa")
                    .putInputs("models/clip", "sha256:bb"))
            .build();
    for (String text : List.of(ReportPage.of(report), ReportMarkdown.of(report, false))) {
      assertThat(text)
          .contains("projects/default/experiments/ee5d", "launched 2025-11-29 11:03 UTC")
          .contains("kedge fork ee5d", "datasets/photo-train", "sha256:bb");
    }
    assertThat(PAGE).as("a stage's own file").doesNotContain("kedge fork");
  }

  @Test
  void methodsAreComparedAtTheSameSpecialityBeforeAllPoints() {
    int matched = PAGE.indexOf("At the same speciality");
    assertThat(matched).isPositive().isLessThan(PAGE.indexOf("All points"));
    assertThat(PAGE).contains("full wise</th>", "which were chosen on SELECT data");
    assertThat(PAGE).contains("<h2>Beside full wise</h2>", "SELECT data chose among them");
    assertThat(PAGE).contains("Beyond the line").containsPattern("dominates 0\\.\\d{3} \\(0\\.");
  }

  @Test
  void everyTextFromOutsideIsEscaped() {
    String evil = "<img src=x onerror=\"alert(1)\">{page}";
    Report report =
        SampleReport.make(evil).toBuilder()
            .setRule(evil)
            .addNotes(evil)
            .putLineage(evil, evil)
            .addImportances(Importance.newBuilder().setLabel(evil))
            .setPoints(0, REPORT.getPoints(0).toBuilder().setLabel(evil))
            .build();
    assertThat(ReportPage.of(report)).doesNotContain("<img").contains("&lt;img");
  }

  @Test
  void withoutGeneralityThereIsNoPictureButATable() {
    Report.Builder report = REPORT.toBuilder().clearPoints();
    for (TradeOffPoint point : REPORT.getPointsList()) {
      report.addPoints(point.toBuilder().clearGenerality().clearAgainstBase());
    }
    assertThat(ReportPage.of(report.build())).doesNotContain("<svg").contains("All points");
  }

  /** The first picture's pixel of the point, from above. */
  private static double height(String page, String label) {
    Matcher mark =
        Pattern.compile("\"" + label + ": .*?<circle class=\"reach\" cx=\"\\S+ cy=\"([0-9.]+)", 32)
            .matcher(page);
    assertThat(mark.find()).isTrue();
    return Double.parseDouble(mark.group(1));
  }

  @Test
  void aReportWithoutItsRecommendedPointIsRefused() {
    Report report = Report.newBuilder().setRecommended("gone").build();
    assertThatThrownBy(() -> ReportPage.of(report))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'gone'");
  }
}
