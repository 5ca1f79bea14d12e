package dev.kedge.cli;

import dev.kedge.cli.file.Tests;
import dev.kedge.cli.view.EvaluationTable;
import dev.kedge.cli.view.ExperimentView;
import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.Visible;
import dev.kedge.cli.view.WatchView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.Report;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge eval}. */
@Command(
    name = "eval",
    description = {
      "Tests a registered model, waits, and prints its scores with 95%% intervals. Nothing is"
          + " learnt.",
      "It is an experiment of a base and tests alone: `kedge predictions`, `report` and `logs` take"
          + " its id, and what was tested before is not tested again.",
      "Tests by right answers and tests by bits per byte have no common mean: give them to commands"
          + " of their own. Adapters and checkpoints that no model names are not tested: register"
          + " them with `kedge model import` or `kedge promote` first."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge eval clip-base photo-test sketch-test",
      "  kedge eval galactica@stable medmcqa medqa=my-medqa",
      "  kedge eval galactica perplexity=wikitext-test --json"
    })
final class EvalCommand extends FollowCommand {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A registered model: NAME, NAME@ALIAS or NAME/versions/V.")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "[SUITE=]DATASET",
      description =
          "A data set, and how it is tested: a suite of `kedge suite list`, or a file as"
              + " ./my-suite.yaml. Without it the suite with the data set's name, if there is one;"
              + " pictures need none.")
  private List<String> tests;

  @Option(names = "--title", paramLabel = "TEXT", description = "`eval MODEL` by default.")
  private String title;

  @Option(names = "--request-id", paramLabel = "TEXT", description = LaunchCommand.REQUEST_ID)
  private String requestId = UUID.randomUUID().toString();

  @Override
  int run(Gateway gateway) throws InterruptedException {
    Experiment launched = gateway.experiments().launchExperiment(request(gateway));
    terminal().err().println("launched " + ExperimentView.id(launched));
    Experiment end = follow(gateway, launched.getName(), view());
    if (end.getState() != Experiment.State.SUCCEEDED) {
      terminal().err().println(Visible.text(lastWords(end)));
      return ExitCode.FAILED;
    }
    Report report =
        gateway
            .experiments()
            .getReport(GetReportRequest.newBuilder().setName(launched.getName()).build())
            .getReport();
    print(json() ? Json.pretty(report) : EvaluationTable.of(report));
    return ExitCode.OK;
  }

  /** With {@code --json} the answer is the report, and nothing before it. */
  @Override
  WatchView view() {
    return json() ? WatchView.NONE : super.view();
  }

  private LaunchExperimentRequest request(Gateway gateway) {
    ExperimentSpec spec = Tests.of(tests).on(modelReference());
    return LaunchExperimentRequest.newBuilder()
        .setParent(gateway.parent())
        .setSpec(spec)
        .setRequestId(requestId)
        .setDisplayName(title == null ? "eval " + model : title)
        .build();
  }

  private String modelReference() {
    if (Gateway.isDigest(model)) {
      throw new UserMistakeException(
          "%s is a digest: register the checkpoint first, with `kedge promote %1$s NAME`, and name"
                  .formatted(model)
              + " the model");
    }
    return model.startsWith("models/") ? model : "models/" + model;
  }
}
