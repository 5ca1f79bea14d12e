package dev.kedge.evaluation;

import static dev.kedge.evaluation.Specs.candidate;
import static dev.kedge.evaluation.Specs.evaluate;
import static dev.kedge.evaluation.Specs.stage;
import static dev.kedge.evaluation.Specs.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextPreparation;
import dev.kedge.data.text.TextRecord;
import dev.kedge.evaluation.instructions.Instructions;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.LanguageScores;
import dev.kedge.report.Perplexities;
import dev.kedge.report.Predictions;
import dev.kedge.report.Scores;
import dev.kedge.report.WrittenPrediction;
import dev.kedge.report.WrittenPrediction.Followed;
import dev.kedge.report.WrittenPredictions;
import dev.kedge.report.sample.Wording;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Language;
import dev.kedge.stage.v1.Measure;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against lm-evaluation-harness 0.4.13, as {@code bench/yardsticks/suites.py} has run it. */
class HarnessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/resources/dev/kedge/evaluation");
  private static final String MODEL = "sha256:model";
  private static final String DATA = "sha256:data";

  @TempDir private Path disk;
  private TestingContext context;

  @BeforeEach
  void theModel() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(MODEL, FOLDER.resolve("language"));
  }

  private static JsonNode golden() throws IOException {
    return JSON.readTree(FOLDER.resolve("harness.json").toFile());
  }

  static Stream<JsonNode> prompts() throws IOException {
    return StreamSupport.stream(golden().get("prompts").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void aSuiteAsksWhatTheHarnesssTaskFileAsks(JsonNode asked) throws IOException {
    Wording wording = BuiltInSuitesTest.suite(asked.get("suite").asText());
    TextRecord record = new TextRecord("r", (ObjectNode) asked.get("record"));
    List<String> choices = wording.choices(record);
    List<List<String>> requests = new ArrayList<>();
    for (String choice : choices) {
      requests.add(
          wording.choosesInPrompt()
              ? List.of(wording.prompt(record, choice), wording.answer(record))
              : List.of(wording.prompt(record), choice));
    }
    assertThat(JSON.<JsonNode>valueToTree(requests)).isEqualTo(asked.get("requests"));
    assertThat(wording.right(record, choices)).isEqualTo(asked.get("right").asInt());
  }

  static Stream<JsonNode> instructions() throws IOException {
    return StreamSupport.stream(golden().get("instructions").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("instructions")
  void instructionsAreCheckedAsTheHarnessChecksThem(JsonNode checked) {
    ObjectNode fields = JSON.createObjectNode();
    fields.set("instruction_id_list", checked.get("ids"));
    fields.set("kwargs", checked.get("kwargs"));
    List<Followed> followed =
        Instructions.of(new TextRecord("r", fields)).followedBy(checked.get("answer").asText());
    assertThat(JSON.<JsonNode>valueToTree(followed.stream().map(Followed::strictly).toList()))
        .isEqualTo(checked.get("strict"));
    assertThat(JSON.<JsonNode>valueToTree(followed.stream().map(Followed::loosely).toList()))
        .isEqualTo(checked.get("loose"));
  }

  @Test
  void choicesAreScoredAsTheHarnessScoresThem() throws IOException {
    JsonNode results = golden().at("/scores/results/choices");
    for (var measure :
        Map.of(
                Measure.ACCURACY, "acc,none",
                Measure.ACCURACY_NORM, "acc_norm,none",
                Measure.ACCURACY_BYTES, "acc_bytes,none")
            .entrySet()) {
      LanguagePredictions said =
          (LanguagePredictions)
              said(
                  "multiple_choice.jsonl",
                  suite ->
                      suite
                          .setPrompt("Question: {question}\nAnswer:")
                          .addChoices(" {choices[*]}")
                          .setLabel("{gold}")
                          .setWithoutQuestion("")
                          .setMeasure(measure.getKey()));
      assertThat(Scores.of(said).value()).isEqualTo(results.get(measure.getValue()).asDouble());
      requireUnasked(said);
    }
  }

  private static void requireUnasked(LanguagePredictions said) throws IOException {
    JsonNode unasked = golden().at("/scores/unasked");
    int right = 0;
    for (int i = 0; i < said.samples().size(); i++) {
      List<Double> costs = said.samples().get(i).unasked();
      int cheapest = 0;
      for (int j = 0; j < costs.size(); j++) {
        assertThat(costs.get(j)).isCloseTo(unasked.get(i).get(j).asDouble(), within(1e-3));
        cheapest = costs.get(j) < costs.get(cheapest) ? j : cheapest;
      }
      right += cheapest == said.samples().get(i).label() ? 1 : 0;
    }
    assertThat(((LanguageScores) Scores.of(said)).accuracyWithoutQuestion())
        .contains((double) right / said.samples().size());
  }

  @Test
  void textsCostWhatTheyCostTheHarness() throws IOException {
    JsonNode results = golden().at("/scores/results/texts");
    Predictions said =
        said("rolling.jsonl", suite -> suite.setAnswer("{text}").setMeasure(Measure.BITS_PER_BYTE));
    Perplexities costs = ((LanguageScores) Scores.of(said)).perplexities().orElseThrow();
    requireClose(Scores.of(said).value(), results.get("bits_per_byte,none"));
    requireClose(costs.ofBytes(), results.get("byte_perplexity,none"));
    requireClose(costs.ofWords().orElseThrow(), results.get("word_perplexity,none"));
  }

  private static void requireClose(double value, JsonNode golden) {
    assertThat(value).isCloseTo(golden.asDouble(), within(1e-5 * golden.asDouble()));
  }

  @Test
  void whatIsWrittenIsWhatTheHarnessWrites() throws IOException {
    JsonNode scores = golden().get("scores");
    WrittenPredictions said =
        (WrittenPredictions)
            said(
                "generation.jsonl",
                suite -> {
                  suite.setPrompt("{prompt}").setAnswer("{target}").setMeasure(Measure.EXACT_MATCH);
                  suite
                      .getWritingBuilder()
                      .setMostTokens(6)
                      .addStop("\n")
                      .addStop(".")
                      .setIgnoreCase(true)
                      .setIgnorePunctuation(true);
                });
    assertThat(said.samples())
        .extracting(WrittenPrediction::written)
        .isEqualTo(JSON.convertValue(scores.get("written"), List.class));
    assertThat(Scores.of(said).value())
        .isEqualTo(scores.at("/results/written/exact_match,none").asDouble());
  }

  private Predictions said(String file, Consumer<Language.Builder> suite) throws IOException {
    context.artifacts.put(DATA, prepared(file));
    Language.Builder language = Language.newBuilder();
    suite.accept(language);
    EvaluateSpec.Suite asked = Specs.suite("s", DATA).toBuilder().setLanguage(language).build();
    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new EvaluateExecutor()
                .execute(
                    stage(evaluate(asked).addCandidates(candidate("m", stored(MODEL)))), context);
    try (InputStream in = Files.newInputStream(output.files().get("s/m.jsonl"))) {
      return Predictions.read(in);
    }
  }

  private Path prepared(String file) throws IOException {
    Path folder = disk.resolve(file);
    Path target = folder.resolve("prepared");
    if (!Files.exists(target)) {
      Path source = Files.createDirectories(folder.resolve("source"));
      Files.copy(FOLDER.resolve("language").resolve(file), source.resolve(file));
      try (FileTree tree = FileTree.open(source, folder)) {
        new TextPreparation(0).prepare(tree, TextFormat.RECORDS, target, (done, quarantined) -> {});
      }
    }
    return target;
  }
}
