package dev.kedge.e2e;

import static java.util.stream.Collectors.toMap;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tracks from data to answer in a project of their own, where nothing is there yet: an operator who
 * retries what is parked, and a witness who sees all that is said meanwhile.
 */
final class Round {
  private static final Set<String> CHECKPOINTS = Set.of("PREPARE", "TRAIN", "FISHER", "AVERAGE");
  private static final Duration PATIENCE = Duration.ofMinutes(60);
  private static final int RETRIES = 20;

  private final String project;
  private final List<Track> tracks;
  private final Path experiments;
  private final Commands commands;
  private final Gateway gateway;
  private final SoakLog log;
  private final Map<String, Witness> witnesses = new LinkedHashMap<>();
  private final List<String> ownFaults = new ArrayList<>();
  private int retries;

  /**
   * A round.
   *
   * @param experiments folder of the experiment files
   */
  Round(
      String project,
      List<Track> tracks,
      Path experiments,
      Commands commands,
      Gateway gateway,
      SoakLog log) {
    this.project = project;
    this.tracks = tracks;
    this.experiments = experiments;
    this.commands = commands;
    this.gateway = gateway;
    this.log = log;
  }

  /**
   * Runs it to its end.
   *
   * @param data files and folders by the data sets' names
   * @return what came out, by its name: digests of checkpoints, and the answers' numbers
   */
  Map<String, String> run(Map<String, Path> data) throws InterruptedException {
    for (Map.Entry<String, Path> one : data.entrySet()) {
      commands.run("dataset", "import", one.getKey(), one.getValue().toString());
    }
    for (Track track : tracks) {
      launch(track.base(), List.of());
    }
    for (Track track : tracks) {
      wait(track.base());
      commands.run("promote", track.base(), track.name());
      launch(track.name(), track.more());
    }
    Map<String, String> outcome = new TreeMap<>();
    for (Track track : tracks) {
      outcome.putAll(outcome(track.name(), wait(track.name())));
    }
    return outcome;
  }

  private void launch(String title, List<String> more) throws InterruptedException {
    String file = experiments.resolve(title + ".yaml").toString();
    List<String> command = new ArrayList<>(List.of("launch", file, "--title", title));
    command.addAll(List.of("--request-id", project + "-" + title));
    command.addAll(more);
    commands.run(command.toArray(String[]::new));
    witnesses.put(title, new Witness());
  }

  private Experiment wait(String title) throws InterruptedException {
    return Patience.answer(
        PATIENCE,
        title + " ends",
        () -> {
          Optional<Experiment> ended = Optional.empty();
          for (Map.Entry<String, Witness> one : witnesses.entrySet()) {
            Experiment now = gateway.find(project, one.getKey()).orElseThrow();
            one.getValue().see(now);
            operate(now);
            if (one.getKey().equals(title) && now.getState() == Experiment.State.SUCCEEDED) {
              ended = Optional.of(now);
            }
          }
          return ended;
        });
  }

  /** What a person would do: an experiment that waits for people gets its stages retried. */
  private void operate(Experiment experiment) {
    if (experiment.getState() != Experiment.State.ATTENTION) {
      return;
    }
    for (Stage stage : experiment.getStagesList()) {
      if (stage.getState() == Stage.State.PARKED && retries < RETRIES) {
        retries++;
        StageError error = stage.getError();
        log.say("retry %s: %s: %s".formatted(stage.getId(), error.getReason(), error.getMessage()));
        if (error.getBlame() != StageError.Blame.RESOURCES) {
          ownFaults.add(
              "%s: %s was parked, and no fault of its surroundings is to blame: %s"
                  .formatted(project, stage.getId(), error.getReason()));
        }
        try {
          gateway.retry(stage.getName());
        } catch (StatusRuntimeException e) {
          log.say("  refused: " + e.getStatus());
        }
      }
    }
  }

  private Map<String, String> outcome(String title, Experiment experiment)
      throws InterruptedException {
    Map<String, String> outcome =
        experiment.getStagesList().stream()
            .filter(stage -> CHECKPOINTS.contains(stage.getKind()))
            .collect(toMap(stage -> title + "/" + stage.getId(), Stage::getArtifact));
    Report report =
        Patience.answer(
            PATIENCE,
            "the report is there",
            () -> Optional.of(gateway.report(experiment.getName())));
    report
        .getPointsList()
        .forEach(
            point ->
                outcome.put(
                    "%s: %s".formatted(title, point.getLabel()),
                    "%s %s".formatted(point.getSpeciality(), point.getGenerality())));
    outcome.put(title + " recommends", report.getRecommended());
    return outcome;
  }

  /** What was said and taken back, or cannot be true, or is to blame on nothing that was done. */
  List<String> lies() throws InterruptedException {
    List<String> lies = new ArrayList<>(ownFaults);
    for (Map.Entry<String, Witness> one : witnesses.entrySet()) {
      String title = one.getKey();
      lies.addAll(one.getValue().lies());
      int count =
          Patience.answer(
              PATIENCE, "they are listed", () -> Optional.of(gateway.count(project, title)));
      if (count != 1) {
        lies.add("%s: %s was launched %d times".formatted(project, title, count));
      }
    }
    return lies;
  }
}
