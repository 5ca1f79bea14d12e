package dev.kedge.cli;

import dev.kedge.cli.transfer.ArchiveDownload;
import dev.kedge.cli.transfer.ProgressBar;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.File;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge pack}. */
@Command(
    name = "pack",
    description = {
      "Writes an experiment into one file, with its data, models, results and logs, for another"
          + " installation: kedge unpack takes it in there.",
      "Nothing of it may be at work: it has ended, is paused, or waits for somebody. What stages that"
          + " are not done have saved on the way is not packed; they begin anew elsewhere."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  kedge pack EXPERIMENT photo.kedge",
      "  kedge --server https://other.example.com unpack photo.kedge"
    })
final class PackCommand extends GatewayCommand {
  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Parameters(index = "1", paramLabel = "FILE", description = "A new file.")
  private Path file;

  @Override
  int run(Gateway gateway) throws IOException {
    ArchiveDownload download = new ArchiveDownload(file);
    String name = gateway.experiment(experiment);
    try (var bar = new ProgressBar(terminal().err(), terminal().interactive())) {
      File written =
          download.receive(
              gateway
                  .storage()
                  .exportExperiment(ExportExperimentRequest.newBuilder().setName(name).build()),
              bar);
      return answer(
          written,
          "packed %s into %s, %s"
              .formatted(
                  experiment, file, "%,d MB".formatted(Math.round(written.getSize() / 1e6))));
    }
  }
}
