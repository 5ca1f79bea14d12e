package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    return answer(plan, ExperimentView.plan(plan));
  }
}
