package dev.kedge.standalone;

import dev.kedge.cli.KedgeCommand;
import dev.kedge.cli.Terminal;
import dev.kedge.standalone.demo.DemoPictures;
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

  /** Pictures of each class in each style. */
  private static final Map<String, Integer> PARTS =
      Map.of("pretrain", 200, "train", 40, "test", 60);

  private final Terminal terminal;
  private final String server;
  private final Path pictures;
  private final Path report;

  Demo(Terminal terminal, String server, Path pictures, Path report) {
    this.terminal = terminal;
    this.server = server;
    this.pictures = pictures;
    this.report = report;
  }

  /** Runs to the end, or to the first command that fails; the exit code of the last command. */
  int run() throws IOException {
    Instant start = Instant.now();
    int code = all();
    if (code == 0) {
      say(
          "Done in %d s. The page with the frontier: %s",
          Duration.between(start, Instant.now()).toSeconds(), report.toAbsolutePath());
    }
    return code;
  }

  private int all() throws IOException {
    say(
        "1. Drawing pictures of a %s, each as %s",
        String.join(", ", DemoPictures.classes()), String.join(", ", DemoPictures.domains()));
    int code = importAll();
    if (code != 0) {
      return code;
    }
    say("2. Training a small CLIP from random weights on all styles");
    code = launch("base.yaml", "demo-base");
    if (code != 0) {
      return code;
    }
    code = kedge("promote", "demo-base", "demo-base@start");
    if (code != 0) {
      return code;
    }
    say("3. Fine-tuning it on photos alone, under several methods and seeds");
    code = launch("tuning.yaml", "demo-tuning");
    if (code != 0) {
      return code;
    }
    say("4. What each of them gained and lost");
    Files.createDirectories(report.toAbsolutePath().getParent());
    return kedge("report", "demo-tuning", "--html", report.toString());
  }

  private int importAll() throws IOException {
    Files.createDirectories(pictures);
    DemoPictures drawer = new DemoPictures(SEED);
    for (String domain : DemoPictures.domains()) {
      for (String part : PARTS.keySet().stream().sorted().toList()) {
        String name = domain + "-" + part;
        Path tar = pictures.resolve(name + ".tar");
        drawer.write(tar, part, domain, PARTS.get(part));
        int code = kedge("dataset", "import", name, tar.toString());
        if (code != 0) {
          return code;
        }
      }
    }
    return 0;
  }

  private int launch(String file, String title) throws IOException {
    Path yaml = pictures.resolve(file);
    try (InputStream in = Demo.class.getResourceAsStream("/demo/" + file)) {
      Files.write(yaml, in.readAllBytes());
    }
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
