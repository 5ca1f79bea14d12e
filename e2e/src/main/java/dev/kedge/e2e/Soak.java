package dev.kedge.e2e;

import dev.kedge.store.BlobCache;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import io.minio.MinioClient;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The fault harness: all tracks are run once in peace, and then again and again, each time from
 * nothing, while faults of a seed are done to the processes, their links and their files. What
 * comes out must be the same each time, nothing that was said may be taken back, and in the end the
 * store must hold every result as it was committed, and nothing that was only there on the way.
 */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Runs experiments on separate processes while faults are done to them.")
public final class Soak implements Callable<Integer> {
  /** The project of the round without faults. */
  static final String PEACE = "peace";

  private static final Duration LONGEST_CALM = Duration.ofSeconds(10);
  private static final long CACHE_BYTES = 1L << 30;

  @Parameters(paramLabel = "DIR", description = "Gets state and logs; must not be there.")
  private Path folder;

  @Option(names = "--seed", defaultValue = "1", description = "Draws the faults.")
  private long seed;

  @Option(names = "--faults", defaultValue = "60", description = "How many.")
  private int faults;

  @Option(
      names = "--tracks",
      split = ",",
      defaultValue = "vision,language",
      description = "Ways from a base to an answer.")
  private List<String> tracks;

  @Option(names = "--port", defaultValue = "19200", description = "The first of some thirty.")
  private int port;

  @Option(names = "--root", defaultValue = ".", description = "The checkout, built.")
  private Path root;

  private final List<String> wrong = new ArrayList<>();
  private SoakLog log;
  private Map<String, Path> data;
  private final Damage damage = new Damage();
  private Function<String, Round> rounds;
  private Function<String, LaterReader> readers;
  private Map<String, String> expected;

  /** Soaks; the exit code is 0 if nothing was lost and nothing was taken back. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Soak()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectory(folder);
    Path place = folder.toAbsolutePath();
    Path checkout = root.toAbsolutePath().normalize();
    Ports ports = new Ports(port);
    log = new SoakLog(place.resolve("soak.log"));
    log.say("seed %d, %d faults".formatted(seed, faults));
    data = TrackData.write(place.resolve("data"), tracks);
    Path platform = place.resolve("platform");
    Optional<Disk> disk = Disk.mount(Cluster.storeFiles(platform));
    Optional<Clocks> clocks = Clocks.in(place.resolve("clocks"));
    if (disk.isEmpty()) {
      log.say("LEFT OUT: full disks, since nothing can be mounted here");
    }
    if (clocks.isEmpty()) {
      log.say("LEFT OUT: wrong clocks, since libfaketime is not installed");
    }
    Map<String, String> clocked = clocks.map(all -> all.environment(checkout)).orElse(Map.of());
    try (Links links = Links.open(ports, place.resolve("links.log"));
        Cluster cluster = Cluster.start(checkout, platform, ports, clocked);
        ObjectStore store = ObjectStore.open(store(ports));
        Gateway gateway = new Gateway(ports)) {
      log.say("%d processes are up".formatted(Cluster.KEDGES.size() + Cluster.SERVERS.size()));
      CommitHistory history = new CommitHistory(client(ports), Cluster.BUCKET);
      history.keep();
      BlobCache cache = new BlobCache(place.resolve("cache"), CACHE_BYTES);
      Path scratch = Files.createDirectory(place.resolve("scratch"));
      readers = project -> new LaterReader(store, project, cache, scratch);
      rounds =
          project ->
              new Round(
                  project,
                  tracks.stream().map(Track::new).toList(),
                  checkout.resolve("e2e/experiments"),
                  new Commands(checkout, place.resolve("commands.log"), ports, project),
                  gateway,
                  damage,
                  log);
      expected = run(PEACE);
      log.say("in peace: %d results".formatted(expected.size()));
      ResultHarm results = new ResultHarm(store, cluster.copies(), damage);
      Harm harm = new Harm(cluster, links, store, results, disk, clocks);
      endure(
          new FaultInjector(
              new FaultSchedule(seed, harm.possible(), LONGEST_CALM), faults, harm, log));
      Aftermath aftermath = new Aftermath(store, cache, scratch, log);
      for (String project : ProjectStore.names(store)) {
        wrong.addAll(aftermath.wrong(project, history.of(project), damage));
      }
    }
    wrong.forEach(log::say);
    log.say(
        wrong.isEmpty()
            ? "nothing was lost, and nothing was taken back"
            : wrong.size() + " things are wrong");
    return wrong.isEmpty() ? 0 : 1;
  }

  private static MinioClient client(Ports ports) {
    return MinioClient.builder()
        .endpoint("http://127.0.0.1:" + ports.server(Cluster.STORE))
        .credentials(Cluster.ACCESS_KEY, Cluster.SECRET_KEY)
        .build();
  }

  private static S3Settings store(Ports ports) {
    URI endpoint = URI.create("http://127.0.0.1:" + ports.server(Cluster.STORE));
    return S3Settings.of(endpoint, Cluster.BUCKET, Cluster.ACCESS_KEY, Cluster.SECRET_KEY);
  }

  /** Round after round until all faults are done. */
  private void endure(FaultInjector injector) throws InterruptedException {
    Thread thread = new Thread(injector, "faults");
    thread.setDaemon(true);
    thread.start();
    for (int i = 1; !injector.isOver(); i++) {
      String project = "storm-" + i;
      injector.moveTo(project);
      Map<String, String> outcome = run(project);
      List<String> differences = differences(project, outcome);
      wrong.addAll(differences);
      log.say(
          "%s: %d results, %d of them others than in peace"
              .formatted(project, outcome.size(), differences.size()));
    }
    thread.join();
    log.say("faults done: " + injector.done());
    if (!injector.isComplete()) {
      wrong.add("not every fault could be done");
    }
  }

  private Map<String, String> run(String project) throws InterruptedException {
    Round round = rounds.apply(project);
    Map<String, String> outcome = round.run(data);
    int hurt = 0;
    // Meanwhile more may be.
    for (int time = 1; damage.to(project).size() > hurt; time++) {
      hurt = damage.to(project).size();
      readWhatWasHurt(project);
      Map<String, String> again = round.again(time);
      if (!again.equals(outcome)) {
        wrong.add("%s: %s, and again %s".formatted(project, outcome, again));
      }
    }
    wrong.addAll(round.wrong());
    log.say("%s: %d stages were retried by hand".formatted(project, round.retries()));
    return outcome;
  }

  /** What no stage of the round has noticed is told to whoever reads it next. */
  private void readWhatWasHurt(String project) throws InterruptedException {
    LaterReader reader = readers.apply(project);
    for (Damage.Done done : damage.to(project)) {
      Optional<String> said = reader.complaint(Digest.parse(done.artifact()));
      said.ifPresent(complaint -> log.say("told to a reader: " + complaint));
      if (said.isPresent() && !done.isNamedIn(said.get())) {
        wrong.add("%s is hurt, and its reader is told: %s".formatted(done.object(), said.get()));
      }
    }
  }

  private List<String> differences(String project, Map<String, String> outcome) {
    SortedSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(outcome.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(expected.get(name), outcome.get(name)))
        .map(
            name ->
                "%s: %s is %s, in peace it is %s"
                    .formatted(project, name, outcome.get(name), expected.get(name)))
        .toList();
  }
}
