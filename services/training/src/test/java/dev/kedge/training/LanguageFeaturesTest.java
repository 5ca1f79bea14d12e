package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FeaturesSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.LanguageArchitecture.Family;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LanguageFeaturesTest {
  private static final String STATES = "sha256:states";

  private SmallBases bases;
  private String base;
  private TestingContext made;
  private StageOutput.NewFiles output;

  @BeforeAll
  void theStatesOfAllAnswersAreComputed(@TempDir Path disk) throws IOException {
    bases = new SmallBases(disk);
    base = bases.language(Family.GPT2);
    made = bases.context("features");
    FeaturesSpec spec =
        FeaturesSpec.newBuilder()
            .setBase(input(base))
            .setInstruction(instruction("full {}").getInstruction())
            .setThreads(1)
            .build();
    output =
        (StageOutput.NewFiles)
            new FeaturesExecutor().execute(StageSpec.newBuilder().setFeatures(spec).build(), made);
  }

  @Test
  void everyTokenOfAnAnswerHasAState() {
    double states = output.metrics().get("features");
    assertThat(states).isGreaterThan(30);
    assertThat((double) made.done()).isEqualTo(states);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kd_features {lambda: 1}",
        "kd_logits {lambda: 1 temperature: 2}",
        "lp {}",
        "lp_ft {} kd_logits {lambda: 1 temperature: 1}",
      })
  void knownStatesTrainAsComputedOnes(String method) throws IOException {
    TrainSpec computing = instruction(method);
    TrainSpec.Builder knowing = computing.toBuilder();
    if (method.contains("kd")) {
      knowing.setTeacherFeatures(input(STATES));
    }
    if (method.contains("lp")) {
      knowing.setFrozenFeatures(input(STATES));
    }
    TestingContext context = bases.context("knowing");
    context.artifacts.put(STATES, output.files().get("index.jsonl").getParent());
    Path one = SmallBases.run(computing, bases.context("computing"));
    Path other = SmallBases.run(knowing.build(), context);

    assertThat(context.progress).noneMatch(each -> each.getUnit().startsWith("chunks"));
    try (Checkpoint computed = Checkpoint.open(one);
        Checkpoint known = Checkpoint.open(other)) {
      for (String name : LanguageTensors.of(LanguageFolder.check(one)).keySet()) {
        assertThat(known.floats(name))
            .as(name)
            .containsExactly(computed.floats(name), Offset.offset(1e-4f));
      }
    }
  }

  @Test
  void aProbeHearsNoDropoutOfTheFrozenLayers() throws IOException {
    TrainSpec.Builder spec = instruction("lp {}").toBuilder();
    Path still = SmallBases.run(spec.build(), bases.context("still"));
    spec.getOptimisationBuilder().setDropout(0.5);
    Path dropping = SmallBases.run(spec.build(), bases.context("dropping"));
    assertThat(dropping.resolve(Checkpoint.MODEL))
        .hasSameBinaryContentAs(still.resolve(Checkpoint.MODEL));
  }

  @Test
  void namesThatComeAgainAreToldApart() {
    DistinctNames names = new DistinctNames();
    assertThat(names.of("q")).isEqualTo("q");
    assertThat(names.of("q")).isEqualTo("q #2");
    assertThat(names.of("q #2")).isEqualTo("q #2 #2");
    assertThat(names.of("q")).isEqualTo("q #3");
  }

  private TrainSpec instruction(String method) throws IOException {
    String text =
        """
        base {artifact: '%s'}
        instruction {train {dataset {artifact: '%s'} part: ALL}
          prompt: '{question}' answer: ' {choices[answer]}'}
        optimisation {epochs: 2 batch_size: 8 learning_rate: 0.003 schedule: COSINE
          precision: F32 seed: 3 threads: 1}
        method {%s}
        """;
    return TextFormat.parse(text.formatted(base, SmallBases.QUESTIONS, method), TrainSpec.class);
  }

  private static Input input(String artifact) {
    return Input.newBuilder().setArtifact(artifact).build();
  }
}
