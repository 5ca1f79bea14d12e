package dev.kedge.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Kedge as separate processes on a real Temporal server and a real MinIO server, as {@code
 * examples/processes.sh} starts them. What the processes have between them and the servers are
 * {@link Links}, if nothing else is said.
 */
final class Cluster implements AutoCloseable {
  static final String STORE = "minio";
  static final String TEMPORAL = "temporal";

  static final String BUCKET = "kedge";
  static final String ACCESS_KEY = "kedge-example";

  /** The store holds what the soak makes, and listens on loopback alone. */
  static final String SECRET_KEY = "kedge-example-secret";

  /** The servers. */
  static final List<String> SERVERS = List.of(STORE, TEMPORAL);

  /** All processes that are Kedge's. */
  static final List<String> KEDGES = kedges();

  /** How long a lease lasts without renewal. */
  static final Duration LEASE = Duration.ofSeconds(6);

  /** So that the first has got somewhere before the second. */
  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A worker that still looks for Temporal hears of its end only then. */
  private static final Duration ENDING = Duration.ofMinutes(4);

  private final Path root;
  private final Path folder;
  private final Map<String, String> environment;
  private final Process script;

  private Cluster(Path root, Path folder, Map<String, String> environment) throws IOException {
    this.root = root;
    this.folder = folder;
    this.environment = environment;
    Files.createDirectories(folder);
    script = script(log(), folder.toString()).start();
  }

  private static List<String> kedges() {
    List<String> names = new ArrayList<>(List.of("gateway"));
    for (String service :
        List.of("orchestrator", "dataprep", "training", "fisher", "averaging", "evaluation")) {
      names.add(service);
      names.add(service + "-worker");
    }
    return List.copyOf(names);
  }

  /**
   * Starts all of it and waits until it is up.
   *
   * @param root the checkout, built
   * @param folder gets state and logs
   * @param ports where everything listens
   * @param more environment of the processes, in place of what it would be otherwise
   */
  static Cluster start(Path root, Path folder, Ports ports, Map<String, String> more)
      throws IOException, InterruptedException {
    String lease = LEASE.toSeconds() + "s";
    Map<String, String> environment = new HashMap<>();
    environment.putAll(
        Map.of(
            "KEDGE_PORT",
            String.valueOf(ports.gateway()),
            "KEDGE_S3_ENDPOINT",
            "http://127.0.0.1:" + ports.link(STORE),
            "KEDGE_TEMPORAL_ADDRESS",
            "127.0.0.1:" + ports.link(TEMPORAL),
            "MINIO_ROOT_PASSWORD",
            SECRET_KEY,
            "KEDGE_STAGE_LEASE_TTL",
            lease,
            "KEDGE_TRAINING_SAVE_INTERVAL",
            "1s",
            "KEDGE_ORCHESTRATOR_RECONCILE_EVERY",
            "3s"));
    environment.putAll(more);
    Cluster cluster = new Cluster(root, folder, environment);
    try {
      Patience.until(
          PATIENCE, "the processes are up", () -> cluster.isUp() || !cluster.script.isAlive());
      if (!cluster.isUp()) {
        throw new IllegalStateException("not all came up: see " + cluster.log());
      }
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private Path log() {
    return folder.resolve("processes.log");
  }

  private boolean isUp() throws IOException {
    return Files.readString(log()).contains("is up");
  }

  /** Kills a process, and waits until it is gone. */
  void kill(String name) throws IOException, InterruptedException {
    gone(name, ProcessHandle::destroyForcibly);
  }

  /** Asks a process to end, and waits until it has. */
  void end(String name) throws IOException, InterruptedException {
    gone(name, ProcessHandle::destroy);
  }

  private void gone(String name, Consumer<ProcessHandle> by)
      throws IOException, InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid(name));
    if (process.isPresent()) {
      by.accept(process.get());
      Patience.until(ENDING, name + " ends", () -> !process.get().isAlive());
    }
  }

  /** Starts a process that was killed, and waits until it is ready. */
  void startAgain(String name) throws IOException, InterruptedException {
    startAgain(List.of(name));
  }

  /** Starts processes in this order, and then waits until all of them are ready. */
  void startAgain(List<String> names) throws IOException, InterruptedException {
    List<Process> starts = new ArrayList<>();
    for (String name : names) {
      starts.add(script(folder.resolve("logs/again.log"), folder.toString(), name).start());
      Thread.sleep(BETWEEN_STARTS.toMillis());
    }
    for (int i = 0; i < names.size(); i++) {
      int status = starts.get(i).waitFor();
      if (status != 0) {
        throw new IllegalStateException(
            "%s did not come up again: see %s".formatted(names.get(i), folder.resolve("logs")));
      }
    }
  }

  /** The process that a number belongs to, if it is one that is meant to run. */
  Optional<String> process(long pid) throws IOException {
    for (String name : KEDGES) {
      if (pid(name) == pid) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  void freeze(String name) throws IOException, InterruptedException {
    signal("-STOP", name);
  }

  void thaw(String name) throws IOException, InterruptedException {
    signal("-CONT", name);
  }

  /** The store's files, of a platform in a folder. */
  static Path storeFiles(Path folder) {
    return folder.resolve(STORE);
  }

  /** The nodes' copies of blobs. */
  Path copies() {
    return folder.resolve("cache");
  }

  private void signal(String signal, String name) throws IOException, InterruptedException {
    run(new ProcessBuilder("kill", signal, String.valueOf(pid(name))));
  }

  private long pid(String name) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve("pids").resolve(name)).strip());
  }

  private ProcessBuilder script(Path log, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("examples/processes.sh").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder;
  }

  private static void run(ProcessBuilder command) throws IOException, InterruptedException {
    int status = command.start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(command.command() + " ended with " + status);
    }
  }

  /** Asks all processes to end, and waits until they have. */
  @Override
  public void close() {
    script.destroy();
    script.onExit().join();
  }
}
