package dev.kedge.standalone;

import dev.kedge.cli.Terminal;
import dev.kedge.standalone.demo.DemoTrack;
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
      "vision: draws pictures in four styles, trains a small CLIP on all of them, fine-tunes it on"
          + " photos alone under several methods, and shows what each one gained and lost.",
      "language: writes texts on two subjects, trains a small language model on the one, fine-tunes"
          + " it on questions about the other."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge demo",
      "  kedge demo --track language",
      "  kedge demo --data demo-state",
      "",
      "With --data everything is kept: a second run ends in seconds, and kedge up --data goes on."
    })
final class DemoCommand implements Callable<Integer> {
  /** With the platform's state, what the report recommends can be had. */
  private static final String KEPT =
      """
      The platform has stopped; its state is kept. To have the recommended checkpoint:
        kedge up --data %1$s &
        kedge export %2$s tuned""";

  private static final String GONE =
      """
      The platform and its checkpoints are gone with the demo. To keep them, and to export one:
        kedge demo --track %2$s --data DIR
        kedge up --data DIR &
        kedge export %1$s tuned""";

  @Option(
      names = "--track",
      paramLabel = "TRACK",
      defaultValue = "vision",
      description = "What the demo shows: vision, the default, or language.")
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
    DemoTrack shown = DemoTrack.named(track);
    if (data != null) {
      return run(shown, data.toAbsolutePath(), KEPT.formatted(data, Demo.title(shown, "tuning")));
    }
    Path state = Files.createTempDirectory("kedge-demo");
    try {
      return run(shown, state, GONE.formatted(Demo.title(shown, "tuning"), shown.label()));
    } finally {
      delete(state);
    }
  }

  private int run(DemoTrack shown, Path state, String goingOn) throws IOException {
    Terminal terminal = Terminal.ofProcess(StandardCharsets.UTF_8);
    int code =
        Platform.run(
            state,
            0,
            address ->
                new Demo(terminal, address, shown, state.resolve(shown.label()), report).run());
    if (code == 0) {
      terminal.err().println(goingOn);
    }
    return code;
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
