package dev.kedge.standalone;

import dev.kedge.cli.KedgeCommand;
import dev.kedge.cli.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kedge up} as a process of its own, and the {@code kedge} command that talks to it. */
final class RunningKedge implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("Kedge is up on (127\\.0\\.0\\.1:\\d+)");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final String address;

  private RunningKedge(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static RunningKedge start(Path state) throws IOException {
    return start(state, Map.of());
  }

  static RunningKedge start(Path state, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            // A killed process's leases run out soon.
            "-Dkedge.stage.lease-ttl=3s",
            "-Dkedge.training.save-interval=1s",
            "-jar",
            Path.of("target", "quarkus-app", "quarkus-run.jar").toString(),
            "up",
            "--data",
            state.toString(),
            "--port",
            "0");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    return new RunningKedge(process, address(process));
  }

  private static String address(Process process) throws IOException {
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return address.group(1);
      }
    }
    throw new IOException("kedge up ended: " + said);
  }

  /** Runs a command that must succeed; what it printed for programs and people alike. */
  String kedge(String... command) {
    Said said = tryKedge(command);
    if (said.code() != 0) {
      throw new AssertionError(
          "kedge %s: exit %d%n%s".formatted(String.join(" ", command), said.code(), said.text()));
    }
    return said.text();
  }

  void importDataset(String name, Path source) {
    kedge("dataset", "import", name, source.toString());
  }

  Said tryKedge(String... command) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> args = new ArrayList<>(List.of("--server", address));
    args.addAll(List.of(command));
    int code =
        KedgeCommand.run(new Terminal(out, out, false, PATIENCE), args.toArray(String[]::new));
    return new Said(code, bytes.toString(StandardCharsets.UTF_8));
  }

  /** What it says of itself to Prometheus. */
  String metrics() throws IOException, InterruptedException {
    URI uri = URI.create("http://%s/q/metrics".formatted(address));
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As Ctrl-C; fails where the platform does not stop. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }

  record Said(int code, String text) {}
}
