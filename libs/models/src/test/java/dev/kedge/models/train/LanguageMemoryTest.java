package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.NewLanguageModel;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Language models that compute layers again, or in smaller numbers. */
class LanguageMemoryTest {
  private static final int STEPS = 4;

  private final Scope scope = Scope.plain();

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ft", "kd_features", "lora", "lp_ft"})
  void layersThatAreComputedAgainGiveTheSameSteps(String name) throws IOException {
    GoldenLanguageRun golden = new GoldenLanguageRun(scope, name);
    LanguageModel again = new LanguageModel(golden.model().config(), 0, true);
    try (TrainingLoop<LanguageBatch> kept = golden.loop(2);
        TrainingLoop<LanguageBatch> recomputed = golden.loop(2, new LanguageAnswers(again))) {
      for (int step = 0; step < STEPS; step++) {
        StepReport one = kept.step();
        StepReport other = recomputed.step();
        assertThat(other.taskLoss()).isCloseTo(one.taskLoss(), within(1e-5));
        assertThat(other.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4));
      }
    }
  }

  private TrainingLoop<LanguageBatch> loop(LanguageModel model, Precision precision)
      throws IOException {
    return loop(model, precision, 0, 5, 9, 7, 30, 8, 2);
  }

  private TrainingLoop<LanguageBatch> loop(LanguageModel model, Precision precision, long... ids)
      throws IOException {
    LanguageConfig config = model.config();
    Weights weights = Weights.read(scope, LanguageInitialisation.of(config, 1));
    AnswerSequence sequence = new AnswerSequence(ids, 4);
    TokenBatch tokens = TokenBatch.of(List.of(sequence, sequence), 11);
    LanguageBatch batch = new LanguageBatch(tokens, List.of("a", "b"));
    return new TrainingLoop<>(
        new TrainingRun<>(
            precision.of(new LanguageAnswers(model)),
            (owner, step) -> List.of(batch),
            List.of(),
            new Descent(Schedule.constant(1e-2, 0), 0, 1)),
        weights,
        weights.only(LanguageTensors.of(config).keySet()));
  }

  @ParameterizedTest
  @EnumSource
  void dropoutDrawsTheSameMasksWhenALayerIsComputedAgain(NewLanguageModel.Kind kind)
      throws IOException {
    LanguageConfig config = new NewLanguageModel(24, 2, 4, 16, 40).of(kind);
    try (TrainingLoop<LanguageBatch> kept =
            loop(new LanguageModel(config, 0.2, false), Precision.F32);
        TrainingLoop<LanguageBatch> again =
            loop(new LanguageModel(config, 0.2, true), Precision.F32)) {
      for (int step = 0; step < STEPS; step++) {
        assertThat(again.step().taskLoss()).isCloseTo(kept.step().taskLoss(), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFamilyLearnsInSmallerNumbersToo(NewLanguageModel.Kind kind) throws IOException {
    LanguageModel model = new LanguageModel(new NewLanguageModel(24, 2, 4, 16, 40).of(kind));
    try (TrainingLoop<LanguageBatch> exact = loop(model, Precision.F32);
        TrainingLoop<LanguageBatch> mixed = loop(model, Precision.BF16)) {
      for (int step = 0; step < STEPS; step++) {
        double loss = exact.step().taskLoss();
        double smaller = mixed.step().taskLoss();
        assertThat(smaller).isNotEqualTo(loss).isCloseTo(loss, within(0.03 * loss));
      }
    }
  }

  /** Attention over many tokens goes another way than over few. */
  @ParameterizedTest
  @EnumSource
  void everyFamilyLearnsFromLongSequencesInSmallerNumbers(NewLanguageModel.Kind kind)
      throws IOException {
    LanguageModel model = new LanguageModel(new NewLanguageModel(24, 2, 4, 64, 40).of(kind));
    long[] ids = LongStream.range(0, 40).toArray();
    try (TrainingLoop<LanguageBatch> exact = loop(model, Precision.F32, ids);
        TrainingLoop<LanguageBatch> mixed = loop(model, Precision.BF16, ids)) {
      for (int step = 0; step < STEPS; step++) {
        double loss = exact.step().taskLoss();
        assertThat(mixed.step().taskLoss()).isNotEqualTo(loss).isCloseTo(loss, within(0.03 * loss));
      }
    }
  }

  @Test
  void shortSequencesAreAttendedToNearlyAsExactlyInSmallerNumbers() throws IOException {
    LanguageModel model =
        new LanguageModel(new NewLanguageModel(24, 2, 4, 16, 40).of(NewLanguageModel.Kind.OPT));
    try (TrainingLoop<LanguageBatch> exact = loop(model, Precision.F32);
        TrainingLoop<LanguageBatch> mixed = loop(model, Precision.BF16)) {
      double norm = exact.step().gradientNorm();
      assertThat(mixed.step().gradientNorm()).isCloseTo(norm, within(0.01 * norm));
    }
  }
}
