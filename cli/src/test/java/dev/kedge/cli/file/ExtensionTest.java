package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void aFieldOfItsOwnStandsInThePlaceOfTheOthers() throws IOException {
    file("common.yaml", "base: models/a\ntraining: {epochs: 3, learning_rate: 1e-3}\n");
    ExperimentFile read =
        ExperimentFile.read(
            file("one.yaml", "# mine\nextends: common.yaml\nbase: models/b\n"),
            Map.of("training.epochs", "5"));
    assertThat(read.spec().getBase()).isEqualTo("models/b");
    assertThat(read.spec().getTraining().getLearningRateList()).containsExactly(1e-3);
    assertThat(read.spec().getTraining().getEpochs()).isEqualTo(5);
    assertThat(read.lineOf("base")).isEqualTo(3);
    assertThat(read.lineOf("training.learning_rate")).as("the line of `extends`").isEqualTo(2);
    assertThat(read.lineOf("training.epochs")).as("the command line's").isZero();
  }

  @Test
  void pathsAreThoseOfTheFileThatExtends() throws IOException {
    file("common/first.yaml", "base: models/a\n");
    file("common/second.yaml", "extends: first.yaml\ntraining: {epochs: 3}\n");
    ExperimentFile read =
        ExperimentFile.read(
            file("mine/one.yaml", "# mine\n\nextends: ../common/second.yaml\n"), Map.of());
    assertThat(read.spec().getBase()).isEqualTo("models/a");
    assertThat(read.spec().getTraining().getEpochs()).isEqualTo(3);
    assertThat(read.lineOf("training")).isEqualTo(3);
    assertThat(read.lineOf("base")).as("the line of the file that is read").isEqualTo(3);
  }

  @Test
  void whatCannotBeExtendedIsSaid() throws IOException {
    assertThat(problems(file("one.yaml", "base: models/a\nextends: two.yaml\n")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.path()).isEqualTo("extends");
              assertThat(problem.message())
                  .contains("no file", "two.yaml", "relative to the file that extends it");
            });
    assertThat(problems(file("list.yaml", "extends: [one.yaml, two.yaml]\n")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("name one file"));
    file("two.yaml", "extends: one.yaml\n");
    assertThat(problems(folder.resolve("one.yaml")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("one.yaml extends itself"));
    file("two.yaml", "base: models/a\ntraining: {learning_rte: 1}\n");
    assertThat(problems(file("three.yaml", "extends: two.yaml\n")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(1);
              assertThat(problem.message()).contains("unknown field", "(two.yaml, line 2)");
            });
    assertThat(
            catchThrowableOfType(
                    InvalidFileException.class,
                    () ->
                        ExperimentFile.read(
                            folder.resolve("three.yaml"), Map.of("training", "{epochs: x}")))
                .problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isZero();
              assertThat(problem.message()).as("the command line's").doesNotContain("two.yaml");
            });
    file("two.yaml", "base: [\n");
    assertThat(problems(folder.resolve("one.yaml")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("two.yaml, line 2: not YAML"));
    Files.delete(folder.resolve("two.yaml"));
    Files.createDirectory(folder.resolve("two.yaml"));
    assertThat(problems(folder.resolve("one.yaml")))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("is a folder"));
  }

  @Test
  void whatIsGivenTwiceIsSaid() throws IOException {
    file("common.yaml", "base: models/a\n");
    assertThat(problems(file("one.yaml", "extends: common.yaml\nextends: other.yaml\n")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.message()).contains("a file extends one other");
            });
    assertThat(problems(file("two.yaml", "# mine\nextends: one.yaml\n")))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.message()).contains("one.yaml, line 2: given twice");
            });
    file("common.yaml", "base: models/a\nbase: models/b\n");
    assertThat(problems(file("three.yaml", "extends: common.yaml\n")))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.message()).contains("given twice", "(common.yaml, line 2)"));
  }

  private static List<FileProblem> problems(Path file) {
    return catchThrowableOfType(
            InvalidFileException.class, () -> ExperimentFile.read(file, Map.of()))
        .problems();
  }
}
