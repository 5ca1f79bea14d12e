package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class FrontierPlotTest {
  @Test
  void theBestIsToTheRightAndUp() {
    Report report =
        Report.newBuilder()
            .setRecommended("full α=0.5")
            .addPoints(point(0.5, 0.8).setLabel("base").setOnFrontier(true))
            .addPoints(
                point(0.75, 0.7).setLabel("full α=0.5").setRecommended(true).setOnFrontier(true))
            .addPoints(point(1, 0.6).setLabel("full").setOnFrontier(true))
            .addPoints(point(0.5, 0.6).setLabel("worse"))
            .addPoints(TradeOffPoint.newBuilder().setLabel("not measured"))
            .build();

    List<String> lines = FrontierPlot.of(report, 80, Paint.NONE).lines().toList();

    assertThat(lines.get(0)).isEqualTo("GENERALITY % ↑");
    assertThat(lines.get(1)).isEqualTo("     80.0 ┤*");
    assertThat(lines.get(18)).isEqualTo("     60.0 ┤o" + " ".repeat(58) + "*");
    assertThat(lines).filteredOn(line -> line.contains("←")).hasSize(2);
    assertThat(lines.get(20))
        .startsWith("           50.0  ")
        .contains("SPECIALITY % ↑")
        .endsWith("  100.0")
        .hasSize(11 + 60);
    assertThat(lines.get(21))
        .isEqualTo("           * on the frontier  o others  ← recommended: full α=0.5");
    assertThat(lines).hasSize(22);
  }

  @Test
  void fewerBitsAreToTheRightAndUpToo() {
    Scale bits = Scale.newBuilder().setLowerIsBetter(true).build();
    Report report =
        Report.newBuilder()
            .setSpecialityScale(bits)
            .setGeneralityScale(bits)
            .addPoints(point(2.5, 1.5).setOnFrontier(true))
            .addPoints(point(2, 1.75).setOnFrontier(true))
            .build();

    List<String> lines = FrontierPlot.of(report, 80, Paint.NONE).lines().toList();

    assertThat(lines.get(1)).isEqualTo("    1.500 ┤*");
    assertThat(lines.get(18)).isEqualTo("    1.750 ┤" + " ".repeat(59) + "*");
    assertThat(lines.get(20)).startsWith("           2.500 ").endsWith(" 2.000");
  }

  @Test
  void itFitsIntoTheTerminalOrIsLeftOut() {
    Report report =
        Report.newBuilder().addPoints(point(0.1, 0.2)).addPoints(point(0.3, 0.1)).build();

    assertThat(FrontierPlot.of(report, 40, Paint.NONE).lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(41));
    assertThat(FrontierPlot.of(report, 25, Paint.NONE)).isEmpty();
    assertThat(FrontierPlot.of(report.toBuilder().removePoints(1).build(), 80, Paint.NONE))
        .isEmpty();
  }

  @Test
  void pointsThatAreAllAlikeAreInTheMiddle() {
    Report report =
        Report.newBuilder().addPoints(point(0.5, 0.5)).addPoints(point(0.5, 0.5)).build();

    assertThat(FrontierPlot.of(report, 80, Paint.NONE)).contains(" ".repeat(30) + "o\n");
  }

  @Test
  void coloursAreForTerminals() {
    Report report =
        Report.newBuilder()
            .addPoints(point(0.5, 0.5).setRecommended(true))
            .addPoints(point(0.6, 0.4))
            .build();

    assertThat(FrontierPlot.of(report, 80, new Paint(Ansi.ON)))
        .contains("\u001b[1m\u001b[32m←\u001b[0m");
  }

  private static TradeOffPoint.Builder point(double speciality, double generality) {
    return TradeOffPoint.newBuilder()
        .setSpeciality(Estimate.newBuilder().setValue(speciality))
        .setGenerality(Estimate.newBuilder().setValue(generality));
  }
}
