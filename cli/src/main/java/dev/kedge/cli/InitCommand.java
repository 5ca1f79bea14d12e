package dev.kedge.cli;

import dev.kedge.cli.file.ExperimentFile;
import dev.kedge.cli.file.ExperimentSketch;
import dev.kedge.cli.view.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kedge init}. */
@Command(
    name = "init",
    description = {
      "Writes an experiment file with comments, to be looked through and launched.",
      "Asks for what the options do not say where a person sits at the terminal. No platform is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge init photo.yaml",
      "  kedge init photo.yaml --base clip-base --train photo-train --test photo-test --keep sketch-test",
      "  kedge init medical.yaml --task INSTRUCTIONS --base small-lm --train medmcqa-train --test medmcqa-test --keep piqa"
    })
final class InitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE.yaml", description = "A file that is not there yet.")
  private Path file;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "What kind of thing is learnt: ${COMPLETION-CANDIDATES}; asked for at a terminal, PICTURES"
              + " elsewhere.")
  private ExperimentSketch.Task task;

  @Option(names = "--base", paramLabel = "MODEL", description = "The model to start from.")
  private String base;

  @Option(names = "--train", paramLabel = "DATASET", description = "What is learnt.")
  private String train;

  @Option(
      names = "--test",
      paramLabel = "DATASET",
      description = "A test of what is learnt (speciality); may be given several times.")
  private List<String> tests = new ArrayList<>();

  @Option(
      names = "--keep",
      paramLabel = "DATASET",
      description = "A test of what should be kept (generality); may be given several times.")
  private List<String> kept = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    KedgeCommand root = (KedgeCommand) spec.root().userObject();
    // Before anything is asked.
    if (Files.exists(file)) {
      throw taken();
    }
    ask(root.terminal());
    String text = new ExperimentSketch(task, base, train, tests, kept).text();
    write(text);
    root.terminal()
        .out()
        .println(
            root.json()
                ? Json.pretty(ExperimentFile.read(file, Map.of()).spec())
                : "wrote %1$s: look through it, then%n  kedge plan %1$s%n  kedge launch %1$s --wait"
                    .formatted(file));
    return ExitCode.OK;
  }

  private void ask(Terminal terminal) {
    var questions = new Questions(terminal);
    if (task == null) {
      task =
          terminal.interactive() && !isWhole()
              ? questions.choice("--task", "What is learnt", ExperimentSketch.Task.PICTURES)
              : ExperimentSketch.Task.PICTURES;
    }
    if (base == null) {
      base = questions.one("--base", "Model to start from (`kedge model list`)");
    }
    if (train == null) {
      train = questions.one("--train", "Data set that is learnt (`kedge dataset list`)");
    }
    if (tests.isEmpty()) {
      tests = questions.several("--test", "Data sets that test what is learnt");
    }
    if (kept.isEmpty()) {
      kept = questions.several("--keep", "Data sets that test what should be kept");
    }
  }

  /** Whether the options say all that has no default: nobody is asked anything then. */
  private boolean isWhole() {
    return base != null && train != null && !tests.isEmpty() && !kept.isEmpty();
  }

  private void write(String text) throws IOException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException meanwhile) {
      throw taken();
    }
  }

  private UserMistakeException taken() {
    return new UserMistakeException(file + " is there already: name another file");
  }
}
