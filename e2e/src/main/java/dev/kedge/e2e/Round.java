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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tracks from data to answer in a project of their own, where nothing is there yet: an operator who
 * retries what is parked, and a monitor that sees all that is said meanwhile.
 */
final class Round {
  private static final Set<String> CHECKPOINTS = Set.of("PREPARE", "TRAIN", "FISHER", "AVERAGE");

  /** A stage did not find what was made before, or found it spoilt. */
  private static final Set<String> WANT_OF_INPUT =
      Set.of("INPUT_MISSING", "PRODUCER_MISSING", "STORE_CORRUPT", "STORE_LOST", "STORE_NOT_FOUND");

  /** The store was full, or out of reach for longer than a stage waits for it. */
  private static final Set<String> WANT_OF_STORE =
      Set.of("STORE_UNAVAILABLE", "STORE_FULL", "DISK_FULL");

  private static final Duration PATIENCE = Duration.ofMinutes(60);
  private static final int RETRIES = 20;

  /** Ends the titles of what is run again, before how often. */
  private static final String AGAIN = "-again-";

  private final String project;
  private final List<Track> tracks;
  private final Path experiments;
  private final Commands commands;
  private final Gateway gateway;
  private final Damage damage;
  private final SoakLog log;
  private final Map<String, StatusMonitor> monitors = new LinkedHashMap<>();
  private final List<String> ownFaults = new ArrayList<>();

  /** Experiments that make a base again, by the titles of those that miss it. */
  private final Map<String, String> mending = new HashMap<>();

  private final Set<String> succeeded = new HashSet<>();
  private int mends;
  private int retries;

  /**
   * A round.
   *
   * @param experiments folder of the experiment files
   * @param damage what is done to committed results meanwhile
   */
  Round(
      String project,
      List<Track> tracks,
      Path experiments,
      Commands commands,
      Gateway gateway,
      Damage damage,
      SoakLog log) {
    this.project = project;
    this.tracks = tracks;
    this.experiments = experiments;
    this.commands = commands;
    this.gateway = gateway;
    this.damage = damage;
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
      launch(track.base(), track.base(), List.of());
    }
    for (Track track : tracks) {
      wait(track.base());
      commands.run("promote", track.base(), track.name());
      launch(track.name(), track.name(), track.more());
    }
    return outcome("");
  }

  /**
   * Runs the experiments once more on what is there: what is not whole any more is made again.
   *
   * @param time how often that was done, with this time
   * @return as above
   */
  Map<String, String> again(int time) throws InterruptedException {
    String which = AGAIN + time;
    for (Track track : tracks) {
      launch(track.base(), track.base() + which, List.of());
      wait(track.base() + which);
      launch(track.name(), track.name() + which, track.more());
    }
    return outcome(which);
  }

  /** How often somebody had to retry a stage. */
  int retries() {
    return retries;
  }

  private Map<String, String> outcome(String which) throws InterruptedException {
    Map<String, String> outcome = new TreeMap<>();
    for (Track track : tracks) {
      outcome.putAll(outcome(track.name(), wait(track.name() + which)));
    }
    return outcome;
  }

  private void launch(String name, String title, List<String> more) throws InterruptedException {
    String file = experiments.resolve(name + ".yaml").toString();
    List<String> command = new ArrayList<>(List.of("launch", file, "--title", title));
    command.addAll(List.of("--request-id", project + "-" + title));
    command.addAll(more);
    commands.run(command.toArray(String[]::new));
    monitors.put(title, new StatusMonitor(project, damage));
  }

  private Experiment wait(String title) throws InterruptedException {
    return Patience.answer(
        PATIENCE,
        title + " ends",
        () -> {
          Optional<Experiment> ended = Optional.empty();
          for (String one : List.copyOf(monitors.keySet())) {
            Experiment now = gateway.find(project, one).orElseThrow();
            monitors.get(one).see(now);
            operate(one, now);
            if (now.getState() == Experiment.State.SUCCEEDED) {
              succeeded.add(one);
            }
            if (one.equals(title) && succeeded.contains(one)) {
              ended = Optional.of(now);
            }
          }
          return ended;
        });
  }

  /** What a person would do: an experiment that waits for people gets its stages retried. */
  private void operate(String title, Experiment experiment) throws InterruptedException {
    if (experiment.getState() != Experiment.State.ATTENTION) {
      return;
    }
    List<Stage> parked =
        experiment.getStagesList().stream()
            .filter(stage -> stage.getState() == Stage.State.PARKED)
            .toList();
    boolean isBaseMissed = parked.stream().map(Round::reason).anyMatch(WANT_OF_INPUT::contains);
    if (isBaseMissed && !isBaseMadeAgain(title)) {
      return;
    }
    mending.remove(title);
    parked.forEach(this::retry);
  }

  private static String reason(Stage stage) {
    return stage.getError().getReason();
  }

  /** What the experiment's own stages had made is made again by itself; this is not. */
  private boolean isBaseMadeAgain(String title) throws InterruptedException {
    if (!mending.containsKey(title)) {
      Track track =
          tracks.stream().filter(one -> title.startsWith(one.name())).findFirst().orElseThrow();
      String mend = "%s-mends-%s-%d".formatted(track.base(), title, ++mends);
      log.say("%s misses what it stands on: launch %s again".formatted(title, track.base()));
      launch(track.base(), mend, List.of());
      mending.put(title, mend);
    }
    return succeeded.contains(mending.get(title));
  }

  private void retry(Stage stage) {
    if (retries >= RETRIES) {
      return;
    }
    retries++;
    StageError error = stage.getError();
    log.say("retry %s: %s: %s".formatted(stage.getId(), error.getReason(), error.getMessage()));
    if (!isExplained(error)) {
      ownFaults.add(
          "%s: %s was parked, and nothing that was done is to blame: %s"
              .formatted(project, stage.getId(), error.getReason()));
    }
    try {
      gateway.retry(stage.getName());
    } catch (StatusRuntimeException e) {
      log.say("  refused: " + e.getStatus());
    }
  }

  /** What misses something has to name it, and in peace there is nothing to blame. */
  private boolean isExplained(StageError error) {
    return WANT_OF_INPUT.contains(error.getReason())
        ? damage.to(project).stream().anyMatch(done -> done.isNamedIn(error.getMessage()))
        : WANT_OF_STORE.contains(error.getReason()) && !project.equals(Soak.PEACE);
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
  List<String> wrong() throws InterruptedException {
    List<String> wrong = new ArrayList<>(ownFaults);
    for (Map.Entry<String, StatusMonitor> one : monitors.entrySet()) {
      String title = one.getKey();
      wrong.addAll(one.getValue().contradictions());
      int count =
          Patience.answer(
              PATIENCE, "they are listed", () -> Optional.of(gateway.count(project, title)));
      if (count != 1) {
        wrong.add("%s: %s was launched %d times".formatted(project, title, count));
      }
    }
    return wrong;
  }
}
