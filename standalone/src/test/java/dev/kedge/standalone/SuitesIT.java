package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.cli.file.ExperimentFile;
import dev.kedge.cli.file.SuiteDefinition;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.Report;
import dev.kedge.v1.SuiteScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Definitions that come with Kedge, each on a few records in the layout in which it is published.
 */
class SuitesIT {
  /** Folders of a set whose suite takes the classes that it finds. */
  private static final int SOME = 3;

  @TempDir private static Path folder;
  private static RunningKedge kedge;
  private static ShapedData data;

  @BeforeAll
  static void thereAreModels() throws IOException {
    kedge = RunningKedge.start(folder.resolve("state"));
    data = new ShapedData(folder.resolve("data"));
    SmallModels models = new SmallModels(kedge, data, folder);
    models.clip("small-clip");
    models.language("small-lm");
  }

  @AfterAll
  static void stop() {
    kedge.close();
  }

  @Test
  void everySuiteOfPicturesTakesItsOwnFoldersAndLeavesOutOthers() throws IOException {
    List<String> tests = new ArrayList<>();
    for (String suite : SuiteDefinition.builtIn()) {
      Evaluation definition = definition(suite);
      if (!definition.hasLanguage()) {
        kedge.importDataset(suite, data.pictures(suite, folders(definition)));
        tests.add(suite + "=" + suite);
      }
    }
    Map<String, SuiteScore> scores = evaluated("small-clip", tests);
    assertThat(scores).hasSize(10);
    for (String suite : scores.keySet()) {
      int classes = definition(suite).getClassesCount();
      assertThat(scores.get(suite).getSamples())
          .as(suite)
          .isEqualTo(ShapedData.PICTURES * (classes == 0 ? SOME : classes));
    }
  }

  @Test
  void textsAnswersAndInstructionsAreMeasuredByTheFieldsThatTheyNeed() throws IOException {
    kedge.importDataset("instruction", data.texts("instruction-few"));
    kedge.importDataset("perplexity", data.texts("wiki-few"));
    Map<String, SuiteScore> costs = evaluated("small-lm", List.of("instruction", "perplexity"));
    assertThat(costs.get("instruction").getSamples()).isEqualTo(ShapedData.SAMPLES);
    assertThat(costs.values()).hasSize(2).allMatch(score -> score.getBitsPerByte().getValue() > 0);

    kedge.importDataset("ifeval", data.texts("ifeval-few"));
    Path brief = folder.resolve("brief.yaml");
    Files.writeString(brief, "suite: ifeval\nlanguage: {writing: {most_tokens: 8}}\n");
    SuiteScore followed = evaluated("small-lm", List.of(brief + "=ifeval")).get("ifeval");
    assertThat(followed.getSamples()).isEqualTo(ShapedData.SAMPLES);
    assertThat(followed.getMeasure()).isEqualTo("INSTRUCTIONS_FOLLOWED");
  }

  private static Evaluation definition(String suite) throws IOException {
    Path file = folder.resolve("suite.yaml");
    Files.writeString(file, "evaluations: [{id: one, suite: %s}]%n".formatted(suite));
    return ExperimentFile.read(file, Map.of()).spec().getEvaluations(0);
  }

  /** The folders that a suite asks for, beside one that it must leave out; or some of its names. */
  private static Set<String> folders(Evaluation suite) {
    if (suite.getClassesCount() > 0) {
      Set<String> folders = new HashSet<>(suite.getClassesList());
      folders.add("of-another-set");
      return folders;
    }
    Map<String, ?> names =
        suite.getClassMapCount() > 0 ? suite.getClassMapMap() : suite.getClassNamesMap();
    return names.keySet().stream().limit(SOME).collect(Collectors.toSet());
  }

  private static Map<String, SuiteScore> evaluated(String model, List<String> tests)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("eval", model + "@start", "--json"));
    command.addAll(tests);
    String said = kedge.kedge(command.toArray(String[]::new));
    Report.Builder report = Report.newBuilder();
    JsonFormat.parser().merge(said.substring(said.indexOf('{')), report);
    return report.getPoints(0).getSuitesList().stream()
        .collect(Collectors.toMap(SuiteScore::getSuite, score -> score));
  }
}
