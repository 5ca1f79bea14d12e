package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.PlanExperimentRequest;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest extends CommandLineFixture {
  private static final Pattern WORD = Pattern.compile("'[^']*'|[^\\s']+");
  private static final Pattern FISH =
      Pattern.compile("complete -c kedge -n '([^']*)' (-[ls] \\S+).*");
  private static final Pattern SET = Pattern.compile("--set '?([^=]+)=");

  @Test
  void everyCommandDescribesItselfAndEveryCommandWithArgumentsHasAnExample() {
    assertThat(ownCommands(line()))
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
        .contains("--server=ADDRESS");
    assertThat(kedge("retry", "--help")).isZero();
    assertThat(out()).contains("kedge retry EXPERIMENT train-l2-seed0");
  }

  @Test
  void everyExampleOfEveryHelpIsACommandThatIsUnderstood() {
    List<String> examples = examples();

    assertThat(examples).hasSizeGreaterThan(30);
    assertThat(examples)
        .allSatisfy(
            example ->
                assertThatCode(() -> line().parseArgs(words(example))).doesNotThrowAnyException());
  }

  @Test
  void everyParameterThatAnExampleSetsIsThere() {
    assertThat(changed("kedge retry"))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(isField(TrainSpec.getDescriptor(), path)).isTrue());
    assertThat(Stream.of("kedge plan", "kedge launch", "kedge fork").flatMap(HelpTest::changed))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(isField(ExperimentSpec.getDescriptor(), path)).isTrue());
  }

  @Test
  void theSmallFileInTheHelpIsAnExperimentFile(@TempDir Path folder) throws IOException {
    assertThat(kedge("launch", "--help")).isZero();
    String file = out().substring(out().indexOf("  base: ")).stripIndent();
    Path written = Files.writeString(folder.resolve("small.yaml"), file);

    assertThat(kedge("plan", written.toString())).as(err()).isZero();
    assertThat(asked(PlanExperimentRequest.class).getSpec().getEvaluationsCount()).isEqualTo(2);
  }

  @Test
  void aPlatformIsListedAndStartedByTheLauncher() {
    assertThat(kedge("--help")).isZero();
    assertThat(out()).containsPattern("Commands:\\n  up  ").contains("\n  demo ");
    assertThat(kedge("up", "--data", "here")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("run `./kedge up`");
  }

  @Test
  void everyCommandIsCalledByTheNameThatItHas() {
    assertThat(line().getSubcommands())
        .hasSizeGreaterThan(25)
        .allSatisfy(
            (name, command) ->
                assertThat(command.getCommand().getClass().getAnnotation(Command.class).name())
                    .isEqualTo(name));
  }

  @Test
  void aCallReadsTheOptionsOfTheCommandThatItBeginsWithAlone() {
    assertThat(Subcommands.add(bare(), List.of("list", "--json")).getSubcommands())
        .containsOnlyKeys("list");
    for (List<String> others : List.of(List.<String>of(), List.of("none"), List.of("--help"))) {
      assertThat(Subcommands.add(bare(), others).getSubcommands()).hasSizeGreaterThan(25);
    }
  }

  private static CommandLine bare() {
    return new CommandLine(CommandSpec.create());
  }

  @Test
  void completionIsGenerated() {
    assertThat(kedge("completion")).isZero();
    assertThat(out()).contains("retry").contains("--server");
  }

  @Test
  void completionForFishKnowsCommandsTheirOptionsAndTheWordsThatTheseTake() {
    assertThat(kedge("completion", "fish")).isZero();
    assertThat(out().lines())
        .allMatch(line -> line.startsWith("complete -c kedge -n '"))
        .anyMatch(line -> line.endsWith("-f -a watch -d " + quotedHelp("watch")))
        .anyMatch(line -> line.contains(" -l state -x -a '"))
        .anyMatch(line -> line.contains("_from model; and not __fish_seen_subcommand_from import"))
        .anyMatch(line -> line.contains("-n 'true' -l server -r"));
    assertThat(kedge("completion", "tcsh")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void fishIsToldTheOptionsOfTheCommandThatIsWrittenAloneThoughAnotherHasItsName() {
    assertThat(kedge("completion", "fish")).isZero();
    List<String> lines = out().lines().toList();

    assertThat(offered(lines, "list")).contains("-l state");
    assertThat(offered(lines, "get")).contains("-l stage");
    for (String group : List.of("model", "dataset")) {
      assertThat(offered(lines, group, "list")).contains("-l server").doesNotContain("-l state");
      assertThat(offered(lines, group, "get")).contains("-l server").doesNotContain("-l stage");
    }
    assertThat(offered(lines, "model", "import")).contains("-l base").doesNotContain("-l format");
  }

  /** What fish offers after these words, by the conditions that it was given. */
  private static List<String> offered(List<String> lines, String... words) {
    return lines.stream()
        .map(FISH::matcher)
        .filter(Matcher::matches)
        .filter(
            line -> Stream.of(line.group(1).split("; and ", -1)).allMatch(one -> holds(one, words)))
        .map(line -> line.group(2))
        .toList();
  }

  private static boolean holds(String condition, String... words) {
    boolean seen =
        Stream.of(condition.replaceFirst(".*_from ", "").split(" ", -1))
            .anyMatch(List.of(words)::contains);
    return condition.equals("true") || seen != condition.startsWith("not ");
  }

  private static String quotedHelp(String command) {
    String help =
        line().getSubcommands().get(command).getCommandSpec().usageMessage().description()[0];
    return "'" + help.replaceFirst("[.]$", "") + "'";
  }

  private static CommandLine line() {
    return KedgeCommand.commandLine(
        Terminal.ofProcess(StandardCharsets.UTF_8),
        server -> InProcessChannelBuilder.forName(server).build());
  }

  private static List<String> examples() {
    CommandLine root = line();
    return Stream.concat(Stream.of(root.getCommandSpec()), ownCommands(root))
        .flatMap(command -> Stream.of(command.usageMessage().footer()))
        .map(String::strip)
        .filter(text -> text.startsWith("kedge "))
        .toList();
  }

  /** The example's words as a shell gives them to the program. */
  private static String[] words(String example) {
    String alone = example.replaceFirst(" (\\||&|>).*", "");
    return WORD.matcher(alone)
        .results()
        .map(word -> word.group().replace("'", ""))
        .skip(1)
        .toArray(String[]::new);
  }

  private static Stream<String> changed(String command) {
    return examples().stream()
        .filter(example -> example.startsWith(command))
        .map(SET::matcher)
        .filter(Matcher::find)
        .map(set -> set.group(1));
  }

  private static boolean isField(Descriptor message, String path) {
    int dot = path.indexOf('.');
    String first = (dot < 0 ? path : path.substring(0, dot)).replaceFirst("\\[\\d+]$", "");
    FieldDescriptor field = message.findFieldByName(first);
    return field != null && (dot < 0 || isField(field.getMessageType(), path.substring(dot + 1)));
  }

  private static Stream<CommandLine.Model.CommandSpec> ownCommands(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(sub -> sub.getCommand().getClass().getName().startsWith("dev.kedge"))
        .flatMap(sub -> Stream.concat(Stream.of(sub.getCommandSpec()), ownCommands(sub)));
  }
}
