package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.LaunchExperimentRequest;
import java.io.IOException;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kedge launch}. */
@Command(
    name = "launch",
    description = {
      "Checks an experiment file in full and starts it.",
      "Problems come all at once, with their lines: first those of the file's form (unknown fields,"
          + " wrong types); once there are none, those of its meaning (missing data, wrong"
          + " values).",
      "Stages whose results exist are not run again."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge launch experiment.yaml --wait",
      "  kedge launch experiment.yaml --set training.epochs=1 --title 'a quick look'",
      FileSubmission.EXAMPLE
    })
final class LaunchCommand extends FollowCommand {
  static final String WAIT =
      "Follows it until it ends, waits for people or is paused; the exit code says whether it"
          + " succeeded.";
  static final String REQUEST_ID =
      "The same text twice is one experiment: for scripts that try again. New each time by"
          + " default.";

  @Mixin private FileSubmission file;

  @Option(names = "--wait", description = WAIT)
  private boolean wait;

  @Option(names = "--request-id", paramLabel = "TEXT", description = REQUEST_ID)
  private String requestId = UUID.randomUUID().toString();

  @Override
  int run(Gateway gateway) throws IOException, InterruptedException {
    Experiment launched =
        file.submit(spec -> gateway.experiments().launchExperiment(request(gateway, spec)));
    String id = ExperimentView.id(launched);
    if (wait) {
      terminal().err().println("launched " + id);
      return follow(gateway, launched.getName());
    }
    return answer(launched, "launched %1$s%n  kedge watch %1$s".formatted(id));
  }

  private LaunchExperimentRequest request(Gateway gateway, ExperimentSpec spec) {
    return LaunchExperimentRequest.newBuilder()
        .setParent(gateway.parent())
        .setSpec(spec)
        .setRequestId(requestId)
        .setDisplayName(file.title())
        .build();
  }
}
