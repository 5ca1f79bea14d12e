package dev.kedge.cli;

import dev.kedge.cli.transfer.CheckpointDownload;
import dev.kedge.cli.view.Counts;
import dev.kedge.v1.Checkpoint;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge export}. */
@Command(
    name = "export",
    description = {
      "Writes a checkpoint as a Hugging Face folder that transformers loads as it is.",
      "Every file is checked against its digest; the folder appears once it is complete."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge export EXPERIMENT ./tuned", "  kedge export CHECKPOINT ./tuned"})
final class ExportCommand extends GatewayCommand {
  @Parameters(
      index = "0",
      paramLabel = "CHECKPOINT",
      description = "Its whole digest of 64 digits, or the experiment that recommends it.")
  private String checkpoint;

  @Parameters(index = "1", paramLabel = "DIR", description = "A new folder.")
  private Path folder;

  @Override
  int run(Gateway gateway) throws IOException {
    String name = gateway.checkpoint(checkpoint);
    List<File> files =
        new CheckpointDownload(folder)
            .receive(
                gateway
                    .registry()
                    .exportCheckpoint(ExportCheckpointRequest.newBuilder().setName(name).build()));
    return answer(
        Checkpoint.newBuilder().setName(name).addAllFiles(files),
        "wrote %s to %s".formatted(Counts.of(files.size(), "file"), folder));
  }
}
