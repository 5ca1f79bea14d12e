package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.cli.view.JsonWatch;
import dev.kedge.cli.view.LiveWatch;
import dev.kedge.cli.view.PlainWatch;
import dev.kedge.cli.view.Screen;
import dev.kedge.cli.view.WatchView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;

/** A command that may follow an experiment to its end. */
abstract class FollowCommand extends GatewayCommand {
  /** Follows with the view that suits the terminal; the exit code says how it ended. */
  int follow(Gateway gateway, String experiment) throws InterruptedException {
    Experiment end = follow(gateway, experiment, view());
    if (!json()) {
      print(lastWords(end));
    }
    return end.getState() == Experiment.State.SUCCEEDED ? ExitCode.OK : ExitCode.FAILED;
  }

  Experiment follow(Gateway gateway, String experiment, WatchView view)
      throws InterruptedException {
    return new Following(gateway, view, terminal().patience())
        .follow(gateway.experiment(experiment));
  }

  /** What shows the progress. */
  WatchView view() {
    if (json()) {
      return new JsonWatch(terminal().out());
    }
    return terminal().interactive()
        ? new LiveWatch(terminal().out(), new Screen(), terminal().paint())
        : new PlainWatch(terminal().out());
  }

  /** What can be done now. */
  String lastWords(Experiment end) {
    String id = ExperimentView.id(end);
    return switch (end.getState()) {
      case SUCCEEDED -> "kedge report " + id;
      case ATTENTION ->
          String.join(
              "\n",
              end.getStagesList().stream()
                  .filter(stage -> stage.getState() == Stage.State.PARKED)
                  .map(
                      stage ->
                          terminal().interactive() || json()
                              ? ExperimentView.trouble(id, stage)
                              : ExperimentView.knownTrouble(id, stage))
                  .toList());
      case PAUSED -> ExperimentView.paused(end);
      default -> "%1$s was cancelled; `kedge retry %1$s STAGE` goes on with it".formatted(id);
    };
  }
}
