package dev.kedge.cli;

import com.google.gson.Gson;
import dev.kedge.cli.merge.LocalMerge;
import dev.kedge.cli.transfer.CheckpointDownload;
import dev.kedge.cli.view.Counts;
import dev.kedge.cli.view.Json;
import dev.kedge.tensors.Recipe;
import dev.kedge.v1.Checkpoint;
import dev.kedge.v1.ExportCheckpointRequest;
import dev.kedge.v1.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge export}. */
@Command(
    name = "export",
    description = {
      "Writes a checkpoint as a Hugging Face folder that transformers loads as it is.",
      "Every file is checked against its digest; the folder appears once it is complete.",
      "With --candidate, what an experiment has evaluated, also where that is an average which is in"
          + " no file: it is then made here."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge export EXPERIMENT ./tuned",
      "  kedge export CHECKPOINT ./tuned",
      "  kedge export EXPERIMENT ./third --candidate full-seed0-alpha0.3"
    })
final class ExportCommand extends GatewayCommand {
  @Parameters(
      index = "0",
      paramLabel = "CHECKPOINT",
      description = "Its whole digest of 64 digits, or the experiment that recommends it.")
  private String checkpoint;

  @Parameters(index = "1", paramLabel = "DIR", description = "A new folder.")
  private Path folder;

  @Option(
      names = "--candidate",
      paramLabel = "CANDIDATE",
      description =
          "What is exported of an experiment in place of what it recommends: by its id in `kedge"
              + " predictions`, for example full-seed0-alpha0.3, or by its label in the report where"
              + " that is no mean over seeds, for example 'full α=0.3'.")
  private String candidate;

  @Override
  int run(Gateway gateway) throws IOException {
    if (candidate == null) {
      return export(gateway, checkpoint);
    }
    Recipe recipe = new Candidates(gateway, gateway.experiment(checkpoint)).recipe(candidate);
    return recipe instanceof Recipe.Stored stored
        ? export(gateway, stored.artifact())
        : merge(gateway, recipe);
  }

  private int merge(Gateway gateway, Recipe recipe) throws IOException {
    LocalMerge.Result made = new CandidateExport(gateway, terminal()).into(recipe, folder);
    print(
        json()
            ? Json.pretty(new Gson().toJsonTree(made))
            : "made %s from %s in %s"
                .formatted(
                    candidate, Counts.of(recipe.checkpoints().size(), "checkpoint"), folder));
    return ExitCode.OK;
  }

  private int export(Gateway gateway, String checkpoint) throws IOException {
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
