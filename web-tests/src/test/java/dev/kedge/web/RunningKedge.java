package dev.kedge.web;

import dev.kedge.cli.KedgeCommand;
import dev.kedge.cli.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kedge up} as it is packaged, and the command that talks to it. */
final class RunningKedge implements AutoCloseable {
  private static final Pattern DASHBOARD = Pattern.compile("Dashboard: (http://(\\S+))");

  private final Process process;
  private final String dashboard;
  private final String server;

  private RunningKedge(Process process, Matcher said) {
    this.process = process;
    this.dashboard = said.group(1);
    this.server = said.group(2);
  }

  static RunningKedge start(Path state) throws IOException {
    Path jar = Path.of("..", "standalone", "target", "quarkus-app", "quarkus-run.jar");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "up",
                "--data",
                state.toString(),
                "--port",
                "0")
            .redirectErrorStream(true)
            .start();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      all.append(line).append('\n');
      Matcher said = DASHBOARD.matcher(line);
      if (said.find()) {
        return new RunningKedge(process, said);
      }
    }
    throw new IOException("kedge up ended: " + all);
  }

  /** Where browsers find it, as it says itself. */
  String dashboard() {
    return dashboard;
  }

  /** Runs a command that must succeed. */
  void kedge(String... command) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    List<String> args = new ArrayList<>(List.of("--server", server));
    args.addAll(List.of(command));
    int code =
        KedgeCommand.run(
            new Terminal(out, out, false, Duration.ofSeconds(30)), args.toArray(String[]::new));
    if (code != 0) {
      throw new AssertionError(
          "kedge %s: exit %d%n%s"
              .formatted(String.join(" ", command), code, bytes.toString(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
