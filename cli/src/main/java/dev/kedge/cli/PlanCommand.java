package dev.kedge.cli;

import dev.kedge.cli.view.PlanView;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kedge plan}. */
@Command(
    name = "plan",
    description =
        "Shows the stages that a launch would run, which of them are cached, and why, and how much"
            + " there is to learn, to test and to store. Starts nothing.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge plan experiment.yaml",
      "  kedge plan experiment.yaml --set 'methods[1].l2.lambda=0.5'",
      FileSubmission.EXAMPLE
    })
final class PlanCommand extends GatewayCommand {
  @Mixin private FileSubmission file;

  @Option(
      names = "--all",
      description =
          "A line for every stage; of more than 40, those of one kind that run, or do not, for the"
              + " same reason are otherwise one line.")
  private boolean all;

  @Override
  int run(Gateway gateway) throws IOException {
    PlanExperimentResponse plan =
        file.submit(
            spec ->
                gateway
                    .experiments()
                    .planExperiment(
                        PlanExperimentRequest.newBuilder()
                            .setParent(gateway.parent())
                            .setSpec(spec)
                            .setDisplayName(file.title())
                            .build()));
    return answer(plan, PlanView.of(plan, all));
  }
}
