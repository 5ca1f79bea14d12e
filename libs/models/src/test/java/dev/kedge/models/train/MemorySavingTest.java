package dev.kedge.models.train;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.ElementType;
import dev.kedge.models.torch.Scope;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computing again and computing in smaller numbers against computing as it stands. */
class MemorySavingTest {
  private final Scope scope = Scope.plain();
  private Composed composed;

  @BeforeEach
  void prepare() throws IOException {
    ComputeThreads.use(1);
    composed = new Composed(scope);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private TrainingRun<LabelledBatch> run(String composition) throws IOException {
    return composed.run(composed.all().get(composition));
  }

  private static TrainingRun<LabelledBatch> with(
      TrainingRun<LabelledBatch> run, Learner<LabelledBatch> learner) {
    return new TrainingRun<>(learner, run.batches(), run.protections(), run.descent());
  }

  private ImageClassification recomputing() {
    Clip clip = new Clip(composed.golden.clip().config(), true);
    return new ImageClassification(clip, HeadForm.LINEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "ldifs", "kd_logits", "lora-l2-kd-ema"})
  void blocksThatAreComputedAgainGiveTheSameWeights(String composition) throws IOException {
    TrainingRun<LabelledBatch> run = run(composition);
    try (TrainingLoop<LabelledBatch> kept = composed.loop(run);
        TrainingLoop<LabelledBatch> again = composed.loop(with(run, recomputing()))) {
      for (int step = 0; step < 4; step++) {
        assertThat(again.step()).isEqualTo(kept.step());
      }
      TensorSource expected = kept.result();
      for (String name : expected.specs().keySet()) {
        assertThat(again.result().floats(name)).as(name).isEqualTo(expected.floats(name));
      }
    }
  }

  @Test
  void smallerNumbersLearnNearlyTheSameAndKeepTheirWeights() throws IOException {
    TrainingRun<LabelledBatch> run = run("full");
    try (TrainingLoop<LabelledBatch> exact = composed.loop(run);
        TrainingLoop<LabelledBatch> mixed =
            composed.loop(with(run, Precision.BF16.of(run.learner())))) {
      for (int step = 0; step < 5; step++) {
        double loss = exact.step().taskLoss();
        double mixedLoss = mixed.step().taskLoss();
        System.out.println("F32 " + loss + ", BF16 " + mixedLoss);
        assertThat(mixedLoss).isNotEqualTo(loss).isCloseTo(loss, within(0.02 * loss));
      }
      Set<ElementType> types = Set.of(ElementType.F32);
      assertThat(mixed.moved().all()).allMatch(tensor -> types.contains(tensor.type()));
    }
  }

  @Test
  void smallerNumbersAndComputingAgainGoTogether() throws IOException {
    TrainingRun<LabelledBatch> run = run("kd_features");
    try (TrainingLoop<LabelledBatch> kept =
            composed.loop(with(run, Precision.BF16.of(run.learner())));
        TrainingLoop<LabelledBatch> again =
            composed.loop(with(run, Precision.BF16.of(recomputing())))) {
      for (int step = 0; step < 3; step++) {
        assertThat(again.step().taskLoss()).isCloseTo(kept.step().taskLoss(), within(1e-3));
      }
      String name = "visual_projection.weight";
      assertClose(name, again.result().floats(name), kept.result().floats(name), 2e-3);
    }
  }

  @Test
  void f32ChangesNothing() throws IOException {
    Learner<LabelledBatch> learner = run("full").learner();

    assertThat(Precision.F32.of(learner)).isSameAs(learner);
    assertThat(Precision.F32.warning()).isEmpty();
  }
}
