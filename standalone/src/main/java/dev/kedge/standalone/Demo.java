package dev.kedge.standalone;

import dev.kedge.cli.KedgeCommand;
import dev.kedge.cli.Terminal;
import dev.kedge.standalone.demo.DemoTrack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The demo: a person's session with the {@code kedge} command, step by step. */
final class Demo {
  private static final long SEED = 1;

  private final Terminal terminal;
  private final String server;
  private final DemoTrack track;
  private final Path folder;
  private final Path report;

  /**
   * @param folder where the data goes
   */
  Demo(Terminal terminal, String server, DemoTrack track, Path folder, Path report) {
    this.terminal = terminal;
    this.server = server;
    this.track = track;
    this.folder = folder;
    this.report = report.toAbsolutePath();
  }

  /** Runs to the end, or to the first command that fails; the exit code of the last command. */
  int run() throws IOException {
    Instant start = Instant.now();
    int code = all();
    if (code == 0) {
      say(
          "Done in %d s. The page with the frontier, and the experiment files beside it: %s",
          Duration.between(start, Instant.now()).toSeconds(), report);
    }
    return code;
  }

  private int all() throws IOException {
    say("1. %s", track.making());
    Files.createDirectories(report.getParent());
    int code = importAll();
    if (code != 0) {
      return code;
    }
    say("2. %s", track.training());
    code = launch("base");
    if (code != 0) {
      return code;
    }
    code = kedge("promote", title("base"), title("base") + "@start");
    if (code != 0) {
      return code;
    }
    say("3. %s", track.tuning());
    code = launch("tuning");
    if (code != 0) {
      return code;
    }
    say("4. What each of them gained and lost");
    return kedge("report", title("tuning"), "--html", report.toString());
  }

  private int importAll() throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Path> data : track.write(folder, SEED).entrySet()) {
      int code = kedge("dataset", "import", data.getKey(), data.getValue().toString());
      if (code != 0) {
        return code;
      }
    }
    return 0;
  }

  private String title(String experiment) {
    return title(track, experiment);
  }

  /** What an experiment of the demo is called: {@code base} or {@code tuning}. */
  static String title(DemoTrack track, String experiment) {
    return track == DemoTrack.VISION ? "demo-" + experiment : "demo-text-" + experiment;
  }

  private int launch(String experiment) throws IOException {
    String file = track.label() + "-" + experiment + ".yaml";
    Path yaml = report.resolveSibling(file);
    try (InputStream in = Demo.class.getResourceAsStream("/demo/" + file)) {
      Files.write(yaml, in.readAllBytes());
    }
    String title = title(experiment);
    return kedge("launch", yaml.toString(), "--title", title, "--request-id", title, "--wait");
  }

  private int kedge(String... command) {
    terminal.err().println("$ kedge " + String.join(" ", command));
    List<String> args = new ArrayList<>(List.of("--server", server));
    args.addAll(Arrays.asList(command));
    return KedgeCommand.run(terminal, args.toArray(String[]::new));
  }

  private void say(String format, Object... args) {
    terminal.err().printf("%n" + format + "%n", args);
  }
}
