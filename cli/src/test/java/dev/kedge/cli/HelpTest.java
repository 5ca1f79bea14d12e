package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.inprocess.InProcessChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HelpTest extends CommandLineFixture {
  @Test
  void everyCommandDescribesItselfAndEveryCommandWithArgumentsHasAnExample() {
    CommandLine root =
        KedgeCommand.commandLine(
            Terminal.ofProcess(StandardCharsets.UTF_8),
            server -> InProcessChannelBuilder.forName(server).build());

    assertThat(ownCommands(root))
        .allSatisfy(
            command -> {
              assertThat(command.usageMessage().description()).isNotEmpty();
              if (!command.positionalParameters().isEmpty()) {
                assertThat(command.usageMessage().footer()).isNotEmpty();
              }
            });
  }

  @Test
  void theRootsHelpTeachesTheFirstExperimentAndTheExitCodes() {
    assertThat(kedge("--help")).isZero();
    assertThat(out())
        .contains("kedge launch experiment.yaml --wait")
        .contains("3   what was named does not exist")
        .contains("--server=HOST:PORT");
    assertThat(kedge("retry", "--help")).isZero();
    assertThat(out()).contains("kedge retry EXPERIMENT train-l2-seed0");
  }

  @Test
  void completionIsGenerated() {
    assertThat(kedge("completion")).isZero();
    assertThat(out()).contains("retry").contains("--server");
  }

  private static Stream<CommandLine.Model.CommandSpec> ownCommands(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(sub -> sub.getCommand().getClass().getName().startsWith("dev.kedge"))
        .flatMap(sub -> Stream.concat(Stream.of(sub.getCommandSpec()), ownCommands(sub)));
  }
}
