package dev.kedge.cli;

import dev.kedge.cli.transfer.FileUpload;
import dev.kedge.cli.transfer.ProgressBar;
import dev.kedge.cli.transfer.Upload;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.File;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportExperimentResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge unpack}. */
@Command(
    name = "unpack",
    description = {
      "Takes in an experiment that kedge pack has written, under the id that it had, into the project.",
      "Its files are compared with their digests, its results are believed: stages of other experiments"
          + " that are equal are answered from them. Take in what comes from people whom you trust."
    },
    footerHeading = "%nExample:%n",
    footer = {"  kedge unpack photo.kedge", "  kedge --project vision unpack photo.kedge"})
final class UnpackCommand extends GatewayCommand {
  @Parameters(paramLabel = "FILE", description = "What kedge pack has written.")
  private Path file;

  @Override
  int run(Gateway gateway) throws IOException {
    if (!Files.exists(file)) {
      throw new UserMistakeException("there is no file " + file);
    }
    Upload upload = Upload.of(file.getFileName().toString(), file);
    File sent =
        new FileUpload(
                gateway.uploads(), gateway.parent(), terminal().err(), terminal().interactive())
            .send(List.of(upload))
            .get(0);
    Experiment experiment =
        follow(
            sent.getSize(),
            gateway
                .storage()
                .importExperiment(
                    ImportExperimentRequest.newBuilder()
                        .setParent(gateway.parent())
                        .setFile(sent)
                        .build()));
    return answer(
        experiment,
        "unpacked %s as %s, which is %s"
            .formatted(experiment.getDisplayName(), experiment.getName(), experiment.getState()));
  }

  private Experiment follow(long size, Iterator<ImportExperimentResponse> news) {
    try (var bar = new ProgressBar(terminal().err(), terminal().interactive())) {
      bar.title("unpacking");
      ImportExperimentResponse last = news.next();
      while (!last.hasExperiment()) {
        bar.at(last.getRead(), size);
        last = news.next();
      }
      return last.getExperiment();
    }
  }
}
