package dev.kedge.cli;

import dev.kedge.cli.view.FrontierPlot;
import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.ReportTable;
import dev.kedge.cli.view.Screen;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge report}. */
@Command(
    name = "report",
    description = {
      "Prints the answer: what every point gains on the new task and loses on everything else.",
      "Percent of right answers or bits per byte, as the headings say, with 95%% intervals; Δ are",
      "paired differences."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge report EXPERIMENT",
      "  kedge report EXPERIMENT --html report.html",
      "  kedge report EXPERIMENT --no-plot",
      "  kedge report EXPERIMENT --format csv",
      "  kedge report EXPERIMENT --json | jq .recommended"
    })
final class ReportCommand extends GatewayCommand {
  /** Where nobody says how long lines may be. */
  private static final int WIDE = 120;

  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also writes the page with the frontier's picture.")
  private Path html;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description =
          "What is printed: table (the default), csv (every point, role and suite), markdown, html"
              + " (the page) or json.")
  private Format format;

  @Option(
      names = "--all",
      description =
          "Every point; of more than 24, the table, and those of the suites in Markdown and on paper,"
              + " otherwise have the frontier and what is no average.")
  private boolean all;

  @Option(
      names = "--plot",
      negatable = true,
      description =
          "The frontier as a picture of characters above the table; the default at a terminal.")
  private Boolean plot;

  /** What is printed. */
  enum Format {
    TABLE,
    CSV,
    MARKDOWN,
    HTML,
    JSON
  }

  @Override
  int run(Gateway gateway) throws IOException {
    Format printed = json() ? Format.JSON : format;
    GetReportResponse answer =
        gateway
            .experiments()
            .getReport(
                GetReportRequest.newBuilder()
                    .setName(gateway.experiment(experiment))
                    .setHtml(html != null || printed == Format.HTML)
                    .setCsv(printed == Format.CSV)
                    .setMarkdown(printed == Format.MARKDOWN)
                    .setAll(all)
                    .build());
    if (html != null) {
      Files.writeString(html, answer.getHtml());
      terminal().err().println("wrote " + html);
    }
    switch (printed) {
      // Its colours are ours, and what others wrote is visible already.
      case TABLE -> terminal().out().println(table(answer));
      case CSV -> print(answer.getCsv().stripTrailing());
      case MARKDOWN -> print(answer.getMarkdown().stripTrailing());
      case HTML -> print(answer.getHtml().stripTrailing());
      case JSON -> print(Json.pretty(answer.getReport()));
    }
    return ExitCode.OK;
  }

  private String table(GetReportResponse answer) {
    return picture(answer) + ReportTable.of(answer.getReport(), all, terminal().paint());
  }

  private String picture(GetReportResponse answer) {
    boolean isAtATerminal = terminal().interactive();
    if (plot == null ? !isAtATerminal : !plot) {
      return "";
    }
    int width = isAtATerminal ? new Screen().size().columns() : WIDE;
    String picture = FrontierPlot.of(answer.getReport(), width, terminal().paint());
    return picture.isEmpty() ? "" : "%s%n%n".formatted(picture);
  }
}
