package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loss in parts against the loss of all logits at once. */
class CrossEntropyTest {
  private static final Kernels PLAIN =
      Kernels.ofText(
          """
          def loss(self, logits: Tensor, targets: Tensor) -> Tensor:
            return torch.cross_entropy_loss(logits, targets)
          """);

  private static final int WIDTH = 8;
  private static final int VOCABULARY = 5000;

  /** Two full parts and a shorter one. */
  private static final int ROWS = 600;

  private final Scope scope = Scope.plain();
  private final LanguageConfig config =
      new NewLanguageModel(WIDTH, 1, 2, 16, VOCABULARY).of(NewLanguageModel.Kind.OPT);
  private final LanguageModel model = new LanguageModel(config);
  private Weights weights;
  private Tensor states;
  private Tensor targets;

  /** A loss and its gradients. */
  private record Learnt(double loss, Tensor atStates, Tensor atHead) {}

  @BeforeEach
  void prepare() throws IOException {
    ComputeThreads.use(1);
    weights = Weights.read(scope, LanguageInitialisation.of(config, 1));
    weights = weights.with(Autograd.leaves(scope, weights));
    Random random = new Random(2);
    float[] values = new float[ROWS * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = 20 * (float) random.nextGaussian();
    }
    Weights drawn = new Weights(Map.of("states", Tensor.of(scope, values, ROWS, WIDTH)));
    states = Autograd.leaves(scope, drawn).get("states");
    targets = Tensor.of(scope, random.longs(ROWS, 0, VOCABULARY).toArray(), ROWS);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private Learnt gradients(Scope tape, Tensor loss) {
    Tensor head = weights.get(LanguageTensors.head(config));
    List<Tensor> gradients = Autograd.gradients(tape, loss, List.of(states, head));
    return new Learnt(loss.number(), gradients.get(0), gradients.get(1));
  }

  @Test
  void partsGiveTheLossAndTheGradientsOfTheWhole() {
    try (Scope tape = Scope.recording()) {
      Tensor logits = model.logits(tape, weights, states);
      Learnt whole = gradients(tape, PLAIN.tensor(tape, "loss", logits, targets));
      Learnt parts = gradients(tape, model.crossEntropy(tape, weights, states, targets));

      assertThat(parts.loss).isCloseTo(whole.loss, within(1e-6 * whole.loss));
      assertThat(parts.atStates.floats()).containsExactly(whole.atStates.floats(), within(1e-8f));
      assertThat(parts.atHead.floats()).containsExactly(whole.atHead.floats(), within(1e-6f));
    }
  }

  @Test
  void theLossIsTheSameWhereNobodyLearns() {
    try (Scope tape = Scope.recording()) {
      double learnt = model.crossEntropy(tape, weights, states, targets).number();
      double looked = model.crossEntropy(scope, weights, states, targets).number();

      assertThat(looked).isCloseTo(learnt, within(1e-6 * learnt));
    }
  }
}
