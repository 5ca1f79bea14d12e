package dev.kedge.e2e;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The store is gone for a minute in the middle of one training, and Temporal in the middle of the
 * next: both go on meanwhile, nothing is begun again, and what comes out is what comes out in
 * peace.
 */
@Command(
    name = "outage",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Takes the store away in the middle of a training, and Temporal in the next.")
public final class Outage implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(15);

  @Parameters(paramLabel = "DIR", description = "Gets state and logs; must not be there.")
  private Path folder;

  @Option(names = "--looks", defaultValue = "4", description = "How long: fifteen seconds each.")
  private int looks;

  @Option(
      names = "--epochs",
      defaultValue = "600",
      description = "Of each training, which has to last longer than a server is gone.")
  private int epochs;

  @Option(names = "--port", defaultValue = "19200", description = "The first of some thirty.")
  private int port;

  @Option(names = "--root", defaultValue = ".", description = "The checkout, built.")
  private Path root;

  private final List<String> wrong = new ArrayList<>();
  private SoakLog log;
  private Track track;
  private Cluster cluster;
  private Gateway gateway;
  private TrainingMeter meter;

  /** Takes servers away; the exit code is 0 if no training stood still, and nothing was lost. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Outage()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectory(folder);
    Path place = folder.toAbsolutePath();
    Path checkout = root.toAbsolutePath().normalize();
    Ports ports = new Ports(port);
    log = new SoakLog(place.resolve("outage.log"));
    track = new Track("language", List.of("--set", "training.epochs=" + epochs));
    meter = new TrainingMeter(ports);
    Map<String, Path> data = TrackData.write(place.resolve("data"), List.of(track.name()));
    Map<String, String> straight =
        Map.of(
            "KEDGE_S3_ENDPOINT", "http://127.0.0.1:" + ports.server(Cluster.STORE),
            "KEDGE_TEMPORAL_ADDRESS", "127.0.0.1:" + ports.server(Cluster.TEMPORAL));
    try (Cluster started = Cluster.start(checkout, place.resolve("platform"), ports, straight);
        Gateway asked = new Gateway(ports)) {
      cluster = started;
      gateway = asked;
      log.say("%d processes are up".formatted(Cluster.KEDGES.size() + Cluster.SERVERS.size()));
      Map<String, String> expected = round("peace", checkout, place, ports).run(data);
      log.say("in peace: %d results".formatted(expected.size()));
      long begunAgain = meter.begunAgain();
      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<Void> outages = thread.submit(this::outages);
        Round round = round("outage", checkout, place, ports);
        Map<String, String> outcome = round.run(data);
        outages.get();
        wrong.addAll(round.wrong());
        log.say("with outages: %d results".formatted(outcome.size()));
        if (!outcome.equals(expected)) {
          wrong.add("not what came out in peace: %s, but %s".formatted(expected, outcome));
        }
      } finally {
        thread.shutdownNow();
      }
      if (meter.begunAgain() != begunAgain) {
        wrong.add("a training was begun again");
      }
    }
    wrong.forEach(log::say);
    log.say(wrong.isEmpty() ? "no training stood still" : wrong.size() + " things are wrong");
    return wrong.isEmpty() ? 0 : 1;
  }

  private Round round(String project, Path checkout, Path place, Ports ports) {
    Path experiments = checkout.resolve("e2e/experiments");
    Commands commands = new Commands(checkout, place.resolve("commands.log"), ports, project);
    return new Round(project, List.of(track), experiments, commands, gateway, new Damage(), log);
  }

  private Void outages() throws Exception {
    takeAway(Cluster.STORE, 0);
    takeAway(Cluster.TEMPORAL, 1);
    return null;
  }

  /**
   * Takes a server away while a training computes.
   *
   * @param trained how many trainings have ended by then
   */
  private void takeAway(String server, int trained) throws Exception {
    Patience.until(
        PATIENCE,
        "training %d is under way".formatted(trained + 1),
        () -> trained() == trained && stepsRise());
    List<Long> steps = new ArrayList<>(List.of(meter.steps()));
    log.say("training %d is under way: kill -9 %s".formatted(trained + 1, server));
    cluster.kill(server);
    for (int i = 0; i < looks; i++) {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
      steps.add(meter.steps());
    }
    log.say("steps, every fifteen seconds: " + steps);
    cluster.startAgain(server);
    log.say(server + " is back");
    for (int i = 0; i < looks; i++) {
      if (steps.get(i).equals(steps.get(i + 1))) {
        wrong.add("no steps in fifteen seconds without %s: %s".formatted(server, steps));
      }
    }
  }

  /** How many trainings of the experiment have ended; none before it is launched. */
  private long trained() {
    Optional<Experiment> experiment = gateway.find("outage", track.name());
    return experiment.orElseThrow().getStagesList().stream()
        .filter(stage -> stage.getKind().equals("TRAIN"))
        .filter(stage -> stage.getState() == Stage.State.SUCCEEDED)
        .count();
  }

  private boolean stepsRise() throws Exception {
    long before = meter.steps();
    Thread.sleep(Duration.ofSeconds(3).toMillis());
    return meter.steps() > before;
  }
}
