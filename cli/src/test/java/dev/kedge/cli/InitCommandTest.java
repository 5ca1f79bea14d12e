package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kedge.cli.file.ExperimentFile;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Training;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest extends CommandLineFixture {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"PICTURES", "INSTRUCTIONS", "TEXTS"})
  void whatItWritesIsAnExperimentFileOfWhatWasAskedFor(String task) throws IOException {
    Path file = folder.resolve("new.yaml");

    assertThat(
            kedge(
                "init",
                file.toString(),
                "--task",
                task,
                "--base",
                "small@production",
                "--train",
                "learnt",
                "--test",
                "new-test/versions/2",
                "--keep",
                "old-a",
                "--keep",
                "old-b"))
        .as(err())
        .isZero();

    ExperimentSpec spec = ExperimentFile.read(file, Map.of()).spec();
    assertThat(spec.getBase()).isEqualTo("models/small@production");
    assertThat(spec.getTask().toString()).contains("datasets/learnt");
    assertThat(spec.getMethodsList()).extracting("id").contains("full", "l2", "kd", "lora");
    assertThat(spec.getEvaluationsList())
        .extracting(Evaluation::getId, Evaluation::getDataset, Evaluation::getRole)
        .containsExactly(
            tuple("new-test", "datasets/new-test/versions/2", Evaluation.Role.SPECIALITY),
            tuple("old-a", "datasets/old-a", Evaluation.Role.GENERALITY),
            tuple("old-b", "datasets/old-b", Evaluation.Role.GENERALITY));
    assertThat(Files.readString(file)).contains("# ");
  }

  @Test
  void smallDataReachesItsLearningRate() throws IOException {
    Path file = folder.resolve("new.yaml");
    assertThat(init(file, "new-test", "old")).isZero();

    Training training = ExperimentFile.read(file, Map.of()).spec().getTraining();
    int steps = training.getEpochs() * (300 / training.getBatchSize());
    assertThat(training.getWarmupSteps())
        .as("of the %d steps that 333 pictures make, a tenth of them held back", steps)
        .isPositive()
        .isLessThanOrEqualTo(steps / 5);
  }

  @Test
  void whatTheOptionsDoNotSayIsAskedForAtATerminal() throws IOException {
    Path file = folder.resolve("asked.yaml");

    assertThat(atATerminal("Texts\nsmall\nlearnt\nnew-test\nold-a, old-b\n", file)).isZero();

    ExperimentSpec spec = ExperimentFile.read(file, Map.of()).spec();
    assertThat(spec.getTask().hasLanguageModelling()).isTrue();
    assertThat(spec.getEvaluationsList())
        .extracting(Evaluation::getDataset)
        .containsExactly("datasets/new-test", "datasets/old-a", "datasets/old-b");
  }

  @Test
  void noAnswerAboutTheTaskIsPicturesAndOneThatIsNoTaskIsRefused() throws IOException {
    Path file = folder.resolve("asked.yaml");

    assertThat(atATerminal("paintings\n", file)).isEqualTo(ExitCode.REFUSED);
    assertThat(file).doesNotExist();
    assertThat(atATerminal("\nsmall\nlearnt\nnew-test\nold\n", file)).isZero();
    assertThat(ExperimentFile.read(file, Map.of()).spec().getTask().hasImageClassification())
        .isTrue();
  }

  @Test
  void nothingIsWrittenWhereAnAnswerOrAnOptionIsMissing() {
    Path file = folder.resolve("none.yaml");

    assertThat(atATerminal("pictures\nsmall\n\n", file)).isNotZero();
    assertThat(kedge("init", file.toString(), "--base", "small")).isNotZero();
    assertThat(err()).contains("--train is missing");
    assertThat(file).doesNotExist();
  }

  @Test
  void namesThatAreNoneAndTestsNamedTwiceAreRefused() {
    Path file = folder.resolve("none.yaml");

    assertThat(init(file, "A B", "old")).isNotZero();
    assertThat(err()).contains("`A B` is no name");
    assertThat(init(file, "old", "old")).isNotZero();
    assertThat(err()).contains("old is named as a test twice");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");

    assertThat(init(file, "new-test", "old")).isNotZero();

    assertThat(err()).contains("is there already");
    assertThat(file).hasContent("mine");
  }

  private int init(Path file, String test, String kept) {
    return kedge(
        "init",
        file.toString(),
        "--base",
        "small",
        "--train",
        "learnt",
        "--test",
        test,
        "--keep",
        kept);
  }

  private static int atATerminal(String answers, Path file) {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    var terminal =
        new Terminal(
            out,
            out,
            true,
            Duration.ofSeconds(1),
            new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)));
    return KedgeCommand.commandLine(
            terminal,
            address -> {
              throw new AssertionError("no platform is needed");
            })
        .execute("init", file.toString());
  }
}
