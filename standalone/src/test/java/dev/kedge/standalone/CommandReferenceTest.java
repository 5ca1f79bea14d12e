package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/reference/commands.md} says what the commands say of themselves. With {@code
 * -Dkedge.reference.write=true} it is written anew.
 */
class CommandReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "commands.md");
  private static final boolean WRITE = Boolean.getBoolean("kedge.reference.write");
  private static final int COLUMNS = 100;
  private static final String TOP =
      """
      # Commands

      What `kedge COMMAND --help` says of each. [README](../../README.md) has the usual ones in their order.

      <!-- Made of the commands' own help by CommandReferenceTest; do not edit. -->
      """;

  private final StringBuilder page = new StringBuilder(TOP);

  @Test
  void theReferenceIsWhatTheCommandsSayOfThemselves() throws IOException {
    LaunchedCommand command = new LaunchedCommand();
    write(2, command.root());
    for (String name : command.root().getSubcommands().keySet()) {
      writeAll(2, command.reader(name).getSubcommands().get(name));
    }
    if (WRITE) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("run this test with -Dkedge.reference.write=true, and commit the page")
        .exists()
        .content()
        .isEqualTo(page.toString());
  }

  private void writeAll(int level, CommandLine command) {
    write(level, command);
    for (Map.Entry<String, CommandLine> each : command.getSubcommands().entrySet()) {
      writeAll(level + 1, each.getValue());
    }
  }

  /** Equal on every machine: no colours, no terminal's width, no blanks that only fill a line. */
  private void write(int level, CommandLine command) {
    String help =
        command
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(COLUMNS)
            .getUsageMessage(Ansi.OFF)
            .lines()
            .map(String::stripTrailing)
            .reduce("", (text, line) -> text + line + "\n");
    page.append("\n%s %s\n".formatted("#".repeat(level), command.getCommandSpec().qualifiedName()))
        .append("```text\n")
        .append(help.stripTrailing())
        .append("\n```\n");
  }
}
