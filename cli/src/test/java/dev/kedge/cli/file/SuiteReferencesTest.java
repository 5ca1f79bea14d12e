package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.LanguageTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuiteReferencesTest {
  @TempDir private Path folder;

  private ExperimentFile read(String evaluation) throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(file, "base: models/lm\nevaluations:\n  - %s\n".formatted(evaluation));
    return ExperimentFile.read(file, Map.of());
  }

  @Test
  void aSuitesNameBecomesItsDefinition() throws IOException {
    ExperimentFile file = read("{id: p, suite: piqa, dataset: datasets/piqa, role: GENERALITY}");
    Evaluation one = file.spec().getEvaluations(0);
    assertThat(one.getDataset()).isEqualTo("datasets/piqa");
    assertThat(one.getLanguage().getPrompt()).isEqualTo("Question: {goal}\nAnswer:");
    assertThat(one.getLanguage().getChoicesList()).containsExactly(" {sol1}", " {sol2}");
    assertThat(file.lineOf("evaluations[0].language.prompt")).as("the suite's line").isEqualTo(3);
  }

  @Test
  void whatTheEvaluationItselfSaysHolds() throws IOException {
    LanguageTest test =
        read("{id: p, suite: piqa, language: {measure: ACCURACY_NORM, shots: {count: 2, dataset: datasets/t}}}")
            .spec()
            .getEvaluations(0)
            .getLanguage();
    assertThat(test.getMeasure()).isEqualTo(LanguageTest.Measure.ACCURACY_NORM);
    assertThat(test.getShots().getCount()).isEqualTo(2);
    assertThat(test.getLabel()).isEqualTo("{label}");
  }

  @Test
  void aSuiteMayBeAFileBesideTheExperiments() throws IOException {
    Files.writeString(folder.resolve("mine.yaml"), "about: mine\ntemplates: ['a {}']\n");
    assertThat(read("{id: p, suite: ./mine.yaml}").spec().getEvaluations(0).getTemplatesList())
        .containsExactly("a {}");
  }

  @Test
  void aSuiteMayBuildUponAnother() throws IOException {
    Files.writeString(
        folder.resolve("base.yaml"), "templates: ['a {}']\nclass_names: {a: ape, b: bee}\n");
    Files.writeString(
        folder.resolve("mine.yaml"), "suite: ./base.yaml\nclass_names: {a: monkey}\n");
    Evaluation one = read("{id: p, suite: ./mine.yaml, classes: [a, b]}").spec().getEvaluations(0);
    assertThat(one.getTemplatesList()).containsExactly("a {}");
    assertThat(one.getClassNamesMap())
        .containsOnly(Map.entry("a", "monkey"), Map.entry("b", "bee"));
    assertThat(one.getClassesList()).containsExactly("a", "b");
    Files.writeString(folder.resolve("base.yaml"), "suite: ./mine.yaml\n");
    assertThatThrownBy(() -> read("{id: p, suite: ./mine.yaml}"))
        .hasMessageContaining("`./mine.yaml` builds upon itself");
  }

  @Test
  void theTaskMayTakeItsPromptsFromASuite() throws IOException {
    Path file = folder.resolve("experiment.yaml");
    Files.writeString(
        file, "task: {image_classification: {train: datasets/imagenet, suite: imagenet}}\n");
    ExperimentSpec spec = ExperimentFile.read(file, Map.of()).spec();
    assertThat(spec.getTask().getImageClassification().getTemplatesCount()).isEqualTo(80);
    assertThat(spec.getTask().getImageClassification().getClassNamesMap())
        .hasSize(1000)
        .containsEntry("n01440764", "tench");
  }

  @Test
  void whatIsWrongWithASuiteIsSaidAtItsLine() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), "language:\n  prompt: [");
    Files.writeString(folder.resolve("odd.yaml"), "langauge: {}");
    assertThatThrownBy(() -> read("{id: p, suite: ./none.yaml}"))
        .hasMessageContaining("there is no file")
        .hasMessageContaining("none.yaml");
    assertThatThrownBy(() -> read("{id: p, suite: ./bad.yaml}")).hasMessageContaining("bad.yaml");
    InvalidFileException odd =
        catchThrowableOfType(InvalidFileException.class, () -> read("{id: p, suite: ./odd.yaml}"));
    assertThat(odd.getMessage()).contains("did you mean language");
    assertThatThrownBy(() -> read("{id: p, suite: pika}"))
        .hasMessageContaining("there is no suite `pika`")
        .hasMessageContaining("piqa");
  }

  @ParameterizedTest
  @MethodSource("dev.kedge.cli.file.SuiteDefinition#builtIn")
  void everyBuiltInSuiteCanBeReadAndSaysWhatItIsAbout(String name) throws IOException {
    Evaluation one = read("{id: p, suite: %s}".formatted(name)).spec().getEvaluations(0);
    assertThat(one.hasLanguage() || one.getTemplatesCount() > 0).isTrue();
    assertThat(SuiteDefinition.find(name, folder).about()).isNotEmpty().doesNotContain("\n");
  }
}
