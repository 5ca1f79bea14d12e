package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.Golden;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.LayerBlocks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ratios between the golden base and its fully fine-tuned model. */
class AdaptiveAverageTest {
  private static final int BLOCKS = 2;

  private final Scope scope = Scope.plain();
  private GoldenLanguageRun golden;
  private LanguageAnswers learner;
  private Weights base;
  private Weights tuned;

  @BeforeEach
  void twoModels() throws IOException {
    ComputeThreads.use(1);
    golden = new GoldenLanguageRun(scope, "ft");
    learner = new LanguageAnswers(golden.model());
    base = golden.weights();
    tuned =
        LanguageWeights.read(
            scope,
            golden.model().config(),
            Golden.of(GoldenLanguageRun.class, "lm/ft").tensors("final.safetensors"));
  }

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void theRatiosGoWherePyTorchsAutogradTakesThem() throws IOException {
    JsonNode expected = Golden.of(AdaptiveAverageTest.class, "adaptive").json("expected.json");
    AdaptiveAverage average = average(expected.get("rho").asDouble());
    Descent descent = new Descent(Schedule.constant(expected.get("rate").asDouble(), 0), 0, 0);
    TrainingRun<LanguageBatch> run =
        new TrainingRun<>(learner, this::batches, List.of(average), descent);

    try (TrainingLoop<LanguageBatch> loop =
        new TrainingLoop<>(run, base, average.start(scope, base))) {
      for (JsonNode step : expected.get("steps")) {
        assertRatios(average.ratios(loop.trained()), step.get("ratios"));
        StepReport report = loop.step();
        assertThat(report.taskLoss()).isCloseTo(step.get("loss").asDouble(), within(1e-5));
        assertThat(report.gradientNorm()).isCloseTo(norm(step.get("gradient")), within(2e-6));
      }
      assertRatios(average.ratios(loop.trained()), expected.get("ratios"));
    }
  }

  @Test
  void theGradientIsThatOfFiniteDifferences() {
    BlockInterpolation at = interpolation(0.6);
    float[] scores = {0.5f, -0.25f};

    float[] gradient = gradient(at, scores);

    for (int k = 0; k < BLOCKS; k++) {
      float[] more = scores.clone();
      float[] less = scores.clone();
      more[k] += 0.03125f;
      less[k] -= 0.03125f;
      double slope = (loss(at, more) - loss(at, less)) / 0.0625;
      assertThat((double) gradient[k]).as("score %d", k).isCloseTo(slope, within(2e-4));
    }
  }

  @Test
  void atEqualScoresTheWeightsAreThoseOfWiseFt() {
    Weights mixed = average(0.25).start(scope, base);
    String name = "model.decoder.layers.1.fc1.weight";
    float[] from = base.get(name).floats();
    float[] to = tuned.get(name).floats();
    float[] between = mixed.get(name).floats();

    for (int i = 0; i < between.length; i++) {
      assertThat(between[i]).isCloseTo(0.75f * from[i] + 0.25f * to[i], within(1e-7f));
    }
  }

  @Test
  void modelsOfDifferentShapesAreRefusedByTheTensorsName() {
    Weights other =
        tuned.with(
            new Weights(
                Map.of("model.decoder.final_layer_norm.bias", Tensor.of(scope, new float[3], 3))));

    assertThatThrownBy(
            () -> AdaptiveAverage.of(scope, base, other, new BlockRatios(0.5), blocks(), BLOCKS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "'model.decoder.final_layer_norm.bias' has shape [28] in the base and [3]");
  }

  private AdaptiveAverage average(double rho) {
    return AdaptiveAverage.of(scope, base, tuned, new BlockRatios(rho), blocks(), BLOCKS);
  }

  private BlockInterpolation interpolation(double rho) {
    AdaptiveAverage average = average(rho);
    return average.parametrisation(average.start(scope, base)).orElseThrow();
  }

  private Map<String, Integer> blocks() {
    return LayerBlocks.of(base.names(), BLOCKS);
  }

  private float[] gradient(BlockInterpolation at, float[] scores) {
    Weights trained = trained(scores);
    Weights moved = Autograd.leaves(scope, at.derive(scope, trained));
    Teacher<LanguageBatch> nobody = new Teacher<>(learner, base, List.of());
    List<Tensor> gradients =
        new BatchGradients<>(learner, nobody, base.with(moved), moved)
            .of(scope, batches(scope, 0))
            .gradients();
    return at.pullBack(scope, trained, moved.named(gradients)).get("scores").floats();
  }

  private double loss(BlockInterpolation at, float[] scores) {
    return new MeanLoss<>(learner, this::batches, 1)
        .of(base.with(at.derive(scope, trained(scores))), () -> {});
  }

  private Weights trained(float[] scores) {
    return new Weights(Map.of("scores", Tensor.of(scope, scores, BLOCKS)));
  }

  private List<LanguageBatch> batches(Scope owner, int step) {
    List<AnswerSequence> sequences = golden.sequences(step);
    List<String> names = sequences.stream().map(any -> "record").toList();
    return List.of(new LanguageBatch(TokenBatch.of(sequences), names));
  }

  private static void assertRatios(List<Double> ratios, JsonNode expected) {
    for (int k = 0; k < BLOCKS; k++) {
      assertThat(ratios.get(k)).isCloseTo(expected.get(k).asDouble(), within(2e-5));
    }
  }

  private static double norm(JsonNode gradient) {
    return Math.hypot(gradient.get(0).asDouble(), gradient.get(1).asDouble());
  }
}
