package dev.kedge.standalone;

import dev.kedge.cli.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kedge demo}. */
@Command(
    name = "demo",
    description = {
      "Runs a whole experiment in this terminal, offline, in a few minutes.",
      "Draws pictures in four styles, trains a small CLIP on all of them, fine-tunes it on photos"
          + " alone under several methods, and shows what each one gained and lost."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge demo",
      "  kedge demo --data demo-state     keeps everything: a second run ends in seconds"
    })
final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--track",
      paramLabel = "vision",
      defaultValue = "vision",
      description = "What the demo shows; `vision` is the only track so far.")
  private String track;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where state is kept; a folder that is deleted afterwards by default.")
  private Path data;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "kedge-demo/report.html",
      description = "Where the report goes; ${DEFAULT-VALUE} by default.")
  private Path report;

  @Override
  public Integer call() throws Exception {
    if (!track.equals("vision")) {
      throw new IllegalArgumentException(
          "--track '" + track + "' does not exist yet: use --track vision");
    }
    if (data != null) {
      return run(data.toAbsolutePath());
    }
    Path state = Files.createTempDirectory("kedge-demo");
    try {
      return run(state);
    } finally {
      delete(state);
    }
  }

  private int run(Path state) throws IOException {
    Terminal terminal = Terminal.ofProcess(StandardCharsets.UTF_8);
    return Platform.run(
        state, 0, address -> new Demo(terminal, address, state.resolve("pictures"), report).run());
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : deepestFirst) {
      Files.deleteIfExists(each);
    }
  }
}
