package dev.kedge.cli;

import dev.kedge.cli.view.RegistryView;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PromoteCheckpointRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge promote}. */
@Command(
    name = "promote",
    description = "Registers a checkpoint as a model's new version and points an alias to it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge promote EXPERIMENT photo-clip@production",
      "  kedge promote CHECKPOINT photo-clip --experiment EXPERIMENT"
    })
final class PromoteCommand extends GatewayCommand {
  @Parameters(
      index = "0",
      paramLabel = "CHECKPOINT",
      description = "Its whole digest of 64 digits, or the experiment that recommends it.")
  private String checkpoint;

  @Parameters(
      index = "1",
      paramLabel = "MODEL[@ALIAS]",
      description = "The model, new or known, and the alias that is to point to the new version.")
  private String target;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      defaultValue = "",
      description =
          "Of a checkpoint that is named by its digest: the experiment that made it, which the version keeps.")
  private String experiment;

  @Override
  int run(Gateway gateway) {
    int at = target.indexOf('@');
    ModelVersion version =
        gateway
            .registry()
            .promoteCheckpoint(
                PromoteCheckpointRequest.newBuilder()
                    .setName(gateway.checkpoint(checkpoint))
                    .setExperiment(origin(gateway))
                    .setModelId(at < 0 ? target : target.substring(0, at))
                    .setAlias(at < 0 ? "" : target.substring(at + 1))
                    .build());
    return answer(version, "registered " + RegistryView.model(version));
  }

  /** The experiment's full name; empty where nobody has named one. */
  private String origin(Gateway gateway) {
    String named =
        experiment.isEmpty() && !Gateway.isCheckpoint(checkpoint) ? checkpoint : experiment;
    return named.isEmpty() ? "" : gateway.experiment(named);
  }
}
