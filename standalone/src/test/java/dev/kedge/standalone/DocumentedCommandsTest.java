package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParseResult;

/** Every call of the command that a document shows is one that the command understands. */
class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> DOCUMENTS =
      List.of(
          "README.md",
          "CHANGELOG.md",
          "CONTRIBUTING.md",
          "docs",
          "bench/README.md",
          "e2e/README.md",
          "helm/kedge/README.md",
          "helm/kedge/files/alerts.yaml",
          "helm/kedge/templates/NOTES.txt");

  private final LaunchedCommand command = new LaunchedCommand();

  @Test
  void everyCallInADocumentIsUnderstood() throws IOException {
    List<DocumentedCommand> calls = calls();
    List<DocumentedCommand> sketches = calls.stream().filter(DocumentedCommand::isSketch).toList();

    assertThat(calls).filteredOn(DocumentedCommand::isWhole).hasSizeGreaterThan(50);
    assertThat(calls).filteredOn(call -> !call.isWhole()).hasSizeGreaterThan(100);
    assertThat(sketches).as("left out: they have `…` or a variable").hasSizeLessThan(10);
    assertThat(calls.stream().filter(call -> !sketches.contains(call)).flatMap(this::problems))
        .isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsToldWithItsPlace(@TempDir Path folder) throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.md"),
            """
            `kedge help` and `kedge export` with `--out`:

            ```sh
            kedge list | grep photo    # kedge none
            A=b ./kedge report 'one' --format \\
              cvs > here
            kedge up --here; kedge get
            ```
            """);

    assertThat(DocumentedCommand.of(page).stream().flatMap(this::problems))
        .satisfiesExactly(
            none -> assertThat(none).contains("page.md:1: kedge help", "help"),
            format -> assertThat(format).contains("page.md:5: kedge report one", "cvs"),
            option -> assertThat(option).contains("page.md:7: kedge up --here", "--here"),
            missing -> assertThat(missing).contains("page.md:7: kedge get", "EXPERIMENT"));
  }

  private static List<DocumentedCommand> calls() throws IOException {
    List<DocumentedCommand> calls = new ArrayList<>();
    for (String document : DOCUMENTS) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(document))) {
        for (Path file : files.filter(DocumentedCommandsTest::isText).sorted().toList()) {
          calls.addAll(DocumentedCommand.of(file));
        }
      }
    }
    return calls;
  }

  private static boolean isText(Path file) {
    return Stream.of(".md", ".yaml", ".txt").anyMatch(file.toString()::endsWith);
  }

  /** Each with the call's place. */
  private Stream<String> problems(DocumentedCommand call) {
    CommandLine line = command.reader(call.words().get(0));
    collectErrors(line);
    List<String> problems = new ArrayList<>();
    ParseResult read = line.parseArgs(call.words().toArray(String[]::new));
    while (read != null) {
      read.errors().stream()
          .filter(error -> call.isWhole() || !(error instanceof MissingParameterException))
          .forEach(error -> problems.add(call + ": " + error.getMessage()));
      read = read.subcommand();
    }
    return problems.stream();
  }

  private static void collectErrors(CommandLine line) {
    line.getCommandSpec().parser().collectErrors(true);
    line.getSubcommands().values().forEach(DocumentedCommandsTest::collectErrors);
  }
}
