package dev.kedge.cli;

import dev.kedge.cli.file.JsonValue;
import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ForkExperimentRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge fork}. */
@Command(
    name = "fork",
    description = {
      "Starts an experiment like another, with some fields of its file changed. What is equal is"
          + " not run again.",
      "Names stand for what they stood for in the other experiment, also where newer versions were"
          + " imported since; a name that --set gives is looked up anew. What retries changed in"
          + " single stages is not in the file, and so not in the fork."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge fork EXPERIMENT --set training.epochs=3 --wait",
      "  kedge fork EXPERIMENT --set 'methods[1].l2.lambda=[0.1, 1]' --title 'weaker pull'",
      "  kedge fork EXPERIMENT --set 'methods[2]={id: lp, lp: {}}'",
      "  kedge fork EXPERIMENT --set averages=null --set base=models/clip-base"
    })
final class ForkCommand extends FollowCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "The other one's title or id.")
  private String experiment;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Changes a field of the file, in YAML; may be repeated. `null` takes the field out; the"
              + " position after a list's last element adds one. `kedge get EXPERIMENT --json`"
              + " shows the file under `spec`.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "The other one's and `(fork)` by default.")
  private String title = "";

  @Option(names = "--wait", description = LaunchCommand.WAIT)
  private boolean wait;

  @Option(names = "--request-id", paramLabel = "TEXT", description = LaunchCommand.REQUEST_ID)
  private String requestId = UUID.randomUUID().toString();

  @Override
  int run(Gateway gateway) throws InterruptedException {
    if (changes.isEmpty() && title.isEmpty()) {
      throw new UserMistakeException(
          "a fork that changes nothing is the experiment that is there already: say what differs by"
              + " --set PATH=VALUE, or give it a --title");
    }
    Experiment forked = gateway.experiments().forkExperiment(request(gateway));
    String id = ExperimentView.id(forked);
    if (wait) {
      terminal().err().println("launched " + id);
      return follow(gateway, forked.getName());
    }
    return answer(forked, "launched %1$s%n  kedge watch %1$s".formatted(id));
  }

  private ForkExperimentRequest request(Gateway gateway) {
    ForkExperimentRequest.Builder request =
        ForkExperimentRequest.newBuilder()
            .setName(gateway.experiment(experiment))
            .setRequestId(requestId)
            .setDisplayName(title);
    changes.forEach((path, yaml) -> request.putChanges(path, JsonValue.ofYaml(path, yaml)));
    return request.build();
  }
}
