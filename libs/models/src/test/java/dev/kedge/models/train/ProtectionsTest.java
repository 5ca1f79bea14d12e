package dev.kedge.models.train;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProtectionsTest {
  private static final String NAME = "visual_projection.weight";

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

  private static void steps(TrainingLoop<?> loop, int count) {
    for (int i = 0; i < count; i++) {
      loop.step();
    }
  }

  /** Not clipped, since a pull is not either. */
  private TrainingLoop<LabelledBatch> withSgd(Protection protection) {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts(protection));
    Descent unclipped = new Descent(Schedule.constant(1e-2, 0), 0, 0);
    Weights start = composed.golden.all().only(composed.candidates);
    return new TrainingLoop<>(
        new TrainingRun<>(run.learner(), run.batches(), run.protections(), unclipped),
        composed.golden.all(),
        start,
        (owner, weights) -> new Sgd());
  }

  /** Without moments, a pull beside the step is the gradient of (λ/2) Σ Δ². */
  @Test
  void aDecoupledPullIsAPenaltysGradientWhereTheOptimiserHasNoMoments() throws IOException {
    try (TrainingLoop<LabelledBatch> pulled = withSgd(new L2Decoupled(8, PenaltyScope.ALL));
        TrainingLoop<LabelledBatch> penalised = withSgd(new L2(4, PenaltyScope.ALL))) {
      steps(pulled, 1);
      steps(penalised, 1);
      assertClose("after the first step, where Δ was 0", floats(pulled), floats(penalised), 1e-6);
      steps(pulled, 4);
      steps(penalised, 4);
      assertClose("after five", floats(pulled), floats(penalised), 1e-5);
    }
  }

  private static float[] floats(TrainingLoop<?> loop) {
    return loop.moved().get(NAME).floats();
  }

  @Test
  void theResultOfEmaIsTheAverageOfThePathFromTheAnchorOn() throws IOException {
    try (TrainingLoop<LabelledBatch> loop = composed.loop(new Composed.Parts(new Ema(0.75)))) {
      float[] average = floats(loop);
      for (int step = 0; step < 6; step++) {
        loop.step();
        float[] now = floats(loop);
        for (int i = 0; i < now.length; i++) {
          average[i] = 0.75f * average[i] + 0.25f * now[i];
        }
      }

      assertClose("average", loop.result().floats(NAME), average, 1e-6);
      assertThat(loop.result().floats(NAME)).isNotEqualTo(floats(loop));
    }
  }

  @Test
  void earlyStopKeepsTheBestWeightsAndEndsWhenPatienceIsOut() throws IOException {
    Batches<LabelledBatch> held = (owner, step) -> composed.golden.batches(owner, step, 1);
    TrainingRun<LabelledBatch> plain = composed.run(new Composed.Parts());
    Descent thenTooFast = new Descent(step -> step < 6 ? 3e-3 : 0.1, 0.1, 1);
    TrainingRun<LabelledBatch> run =
        new TrainingRun<>(plain.learner(), plain.batches(), List.of(), thenTooFast)
            .stoppingBy(new EarlyStop<>(held, 2, 100, 2, 2));
    List<Double> losses = new ArrayList<>();
    List<float[]> seen = new ArrayList<>();
    try (TrainingLoop<LabelledBatch> loop = composed.loop(run)) {
      losses.add(validationLoss(run, loop));
      seen.add(floats(loop));
      while (!loop.isStopped() && loop.steps() < 100) {
        loop.step();
        if (loop.steps() % 2 == 0) {
          losses.add(validationLoss(run, loop));
          seen.add(floats(loop));
        }
      }
      int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
      System.out.println("validation losses " + losses);

      assertThat(loop.isStopped()).isTrue();
      assertThat(best).isPositive();
      assertThat(losses).hasSize(best + 3);
      assertThat(loop.result().floats(NAME)).isEqualTo(seen.get(best));
    }
  }

  @Test
  void earlyStopLooksAtTheEndOfTheScheduleToo() throws IOException {
    Batches<LabelledBatch> held = (owner, step) -> composed.golden.batches(owner, step, 1);
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    try (TrainingLoop<LabelledBatch> loop =
        composed.loop(run.stoppingBy(new EarlyStop<>(held, 2, 5, 4, 1)))) {
      steps(loop, 5);
      assertThat(loop.result().floats(NAME)).isEqualTo(floats(loop));
    }
    assertThatThrownBy(() -> new EarlyStop<>(held, 2, 5, 6, 1))
        .hasMessageContaining("every_steps 6 is more than the 5 steps of the run");
  }

  @Test
  void aBaseThatSaysNothingOfTheValidationDataIsNoStart() throws IOException {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    Batches<LabelledBatch> held = (owner, step) -> List.of(withoutNumbers(owner));
    try (TrainingLoop<LabelledBatch> loop =
        composed.loop(run.stoppingBy(new EarlyStop<>(held, 1, 5, 1, 1)))) {
      assertThatThrownBy(loop::step)
          .isInstanceOf(DivergedException.class)
          .hasMessageContaining("validation loss is NaN before the first step");
    }
  }

  @Test
  void aLoopThatCannotBeMadeKeepsNoMemory() {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    List<Scope> owners = new ArrayList<>();
    assertThatThrownBy(
            () ->
                new TrainingLoop<>(
                    run,
                    composed.golden.all(),
                    composed.golden.all().only(composed.candidates),
                    (owner, trained) -> {
                      owners.add(owner);
                      throw new IllegalArgumentException("no optimiser");
                    }))
        .hasMessage("no optimiser");
    assertThatThrownBy(() -> Tensor.of(owners.get(0), new float[1], 1))
        .hasMessage("the scope has ended");
  }

  private LabelledBatch withoutNumbers(Scope owner) {
    LabelledBatch batch = composed.golden.batches(owner, 0, 1).get(0);
    float[] pixels = batch.inputs().floats();
    Arrays.fill(pixels, Float.NaN);
    Tensor inputs = Tensor.of(owner, pixels, batch.inputs().shape());
    return LabelledBatch.of(owner, inputs, batch.labels().longs());
  }

  private double validationLoss(TrainingRun<LabelledBatch> run, TrainingLoop<?> loop) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      LabelledBatch batch = composed.golden.batches(scope, i, 1).get(0);
      Weights all = composed.golden.all().with(loop.moved());
      Outputs outputs = run.learner().outputs(scope, all, batch);
      sum += run.learner().loss(scope, outputs, batch).number();
    }
    return sum / 2;
  }

  @Test
  void replayedSamplesWeighAsMuchAsTheTasks() throws IOException {
    try (TrainingLoop<LabelledBatch> whole = composed.loop(new Composed.Parts());
        TrainingLoop<LabelledBatch> replayed =
            composed.loop(new Composed.Parts(List.of(), true, false, RateFactors.NONE))) {
      for (int step = 0; step < 5; step++) {
        assertThat(replayed.step().taskLoss()).isCloseTo(whole.step().taskLoss(), within(1e-5));
      }
    }
  }

  @Test
  void replayLeavesBothDataAPlaceInTheBatch() {
    assertThat(Replay.share(128, 0.25)).isEqualTo(32);
    assertThatThrownBy(() -> Replay.share(8, 0.01)).hasMessageContaining("is 0 samples");
    assertThatThrownBy(() -> Replay.share(8, 0.99)).hasMessageContaining("is 8 samples");
  }

  @Test
  void aTensorWithRateZeroStaysAndOneWithAHigherRateGoesFurther() throws IOException {
    RateFactors factors =
        new RateFactors(
            List.of(
                new RateFactors.Factor("*", 0), new RateFactors.Factor("visual_projection.*", 3)));
    Composed.Parts parts = new Composed.Parts(List.of(), false, false, factors);
    try (TrainingLoop<LabelledBatch> plain = composed.loop(new Composed.Parts());
        TrainingLoop<LabelledBatch> factored = composed.loop(parts)) {
      steps(plain, 1);
      steps(factored, 1);
      float[] start = composed.golden.all().get(NAME).floats();

      assertThat(factored.moved().get(HeadForm.ROWS).floats())
          .isEqualTo(composed.golden.all().get(HeadForm.ROWS).floats());
      for (int i = 0; i < start.length; i++) {
        float once = floats(plain)[i] - start[i];
        assertThat(floats(factored)[i] - start[i]).isCloseTo(3 * once, within(1e-5f));
      }
    }
  }

  @Test
  void penaltiesAddUp() throws IOException {
    L1 l1 = new L1(1e-2, PenaltyScope.ALL);
    L2 l2 = new L2(1, PenaltyScope.ALL);
    try (TrainingLoop<LabelledBatch> both = composed.loop(new Composed.Parts(l1, l2))) {
      steps(both, 3);
      Weights moved = both.moved();
      Weights anchor = composed.golden.all().only(composed.candidates);
      double expected = price(l1, anchor, moved) + price(l2, anchor, moved);

      assertThat(both.step().addedLoss()).isCloseTo(expected, within(1e-6 * expected));
    }
  }

  private double price(Protection protection, Weights anchor, Weights moved) {
    List<Tensor> zeros = TrainingKernels.KERNELS.tensors(scope, "zeros_like", moved.all());
    AnchoredPenalty penalty = protection.penalty(anchor).orElseThrow();
    return penalty.addGradient(scope, moved, moved.named(zeros)).weighted();
  }

  @Test
  void aRelativeLambdaIsMeasuredByWhatFullFineTuningPays() throws IOException {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    Weights anchor = composed.golden.all().only(composed.candidates);
    try (TrainingLoop<LabelledBatch> full = composed.loop(run)) {
      steps(full, 5);
      Weights tuned = Weights.read(scope, full.result(), composed.candidates);
      double loss = full.step().taskLoss();
      L2 unit = new L2(1, PenaltyScope.ALL);

      Yardstick l2 = yardstick(unit, run, tuned);
      Yardstick decoupled = yardstick(new L2Decoupled(1, PenaltyScope.ALL), run, tuned);
      Yardstick kd = yardstick(new KdFeatures(1), run, tuned);

      assertThat(l2.penalty()).isEqualTo(price(unit, anchor, tuned));
      assertThat(decoupled.penalty()).isCloseTo(l2.penalty() / 2, within(1e-6 * l2.penalty()));
      assertThat(kd.penalty()).isPositive().isNotEqualTo(l2.penalty());
      assertThat(kd.taskLoss()).isEqualTo(l2.taskLoss()).isPositive();
      assertThat(l2.absolute(0.5)).isEqualTo(0.5 * l2.taskLoss() / l2.penalty());
      assertThat(loss).isPositive();
    }
  }

  /** What full fine-tuning costs does not depend on how few weights a protection lets move. */
  @Test
  void aRelativeLambdaMeasuresTheWholeModelWhereFewWeightsMove() throws IOException {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    try (TrainingLoop<LabelledBatch> full = composed.loop(run)) {
      steps(full, 5);
      Weights tuned = Weights.read(scope, full.result(), composed.candidates);
      List<String> few = List.of(NAME);
      L2 unit = new L2(1, PenaltyScope.ALL);

      Yardstick all = yardstick(unit, run, tuned);
      Yardstick some = Yardstick.of(unit, run, 3, composed.golden.all(), few, tuned);

      assertThat(some.taskLoss()).isEqualTo(all.taskLoss());
      assertThat(some.penalty())
          .isEqualTo(price(unit, composed.golden.all().only(few), tuned.only(few)))
          .isLessThan(all.penalty());
    }
  }

  private Yardstick yardstick(Protection unit, TrainingRun<LabelledBatch> run, Weights tuned) {
    return Yardstick.of(unit, run, 3, composed.golden.all(), composed.candidates, tuned);
  }

  @Test
  void ldifsSumsTheDistancesOfAllLayersAndOfTheFeatures() throws IOException {
    TrainingRun<LabelledBatch> run = composed.run(new Composed.Parts());
    LabelledBatch batch = composed.golden.batches(scope, 0, 1).get(0);
    try (TrainingLoop<LabelledBatch> full = composed.loop(run)) {
      steps(full, 3);
      Weights tuned = composed.golden.all().with(full.moved());
      Outputs student = run.learner().outputs(scope, tuned, batch);
      Outputs teacher = run.learner().outputs(scope, composed.golden.all(), batch);

      double expected = distance(student.features(), teacher.features());
      assertThat(student.layers())
          .hasSize(composed.golden.clip().config().vision().tower().layers());
      for (int i = 0; i < student.layers().size(); i++) {
        expected += distance(student.layers().get(i), teacher.layers().get(i));
      }
      assertThat((double) new Ldifs(2).term(scope, student, teacher).number())
          .isCloseTo(2 * expected, within(1e-5 * expected));
    }
  }

  private static double distance(Tensor x, Tensor y) {
    float[] xs = x.floats();
    float[] ys = y.floats();
    double sum = 0;
    for (int i = 0; i < xs.length; i++) {
      sum += Math.pow(xs[i] - ys[i], 2);
    }
    return sum / x.shape()[0];
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunNamesTheBatchAndLeavesTheWeights() throws IOException {
    Batches<LabelledBatch> spoilt =
        (owner, step) ->
            composed.golden.batches(owner, step, 1).stream()
                .map(batch -> step < 2 ? batch : notANumber(owner, batch))
                .toList();
    TrainingRun<LabelledBatch> plain = composed.run(new Composed.Parts(new Ema(0.5)));
    TrainingRun<LabelledBatch> run =
        new TrainingRun<>(plain.learner(), spoilt, plain.protections(), plain.descent());
    try (TrainingLoop<LabelledBatch> loop = composed.loop(run)) {
      steps(loop, 2);
      TensorSource before = loop.state().tensors();

      assertThatThrownBy(loop::step)
          .isInstanceOfSatisfying(
              DivergedException.class,
              e -> assertThat(e.samples()).containsExactly("p.png", "q.png"))
          .hasMessageContaining("diverged at step 2: loss NaN")
          .hasMessageContaining("on samples p.png, q.png; lower optimisation.learning_rate");
      TensorSource after = loop.state().tensors();
      for (String name : before.specs().keySet()) {
        assertThat(after.floats(name)).as(name).isEqualTo(before.floats(name));
      }
    }
  }

  private static LabelledBatch notANumber(Scope owner, LabelledBatch batch) {
    float[] pixels = batch.inputs().floats();
    pixels[0] = Float.NaN;
    Tensor spoilt = Tensor.of(owner, pixels, batch.inputs().shape());
    return new LabelledBatch(
        spoilt,
        batch.labels(),
        batch.size(),
        List.of(new Batch.Sample("p.png", 1), new Batch.Sample("q.png", 1)));
  }

  @Test
  void oneRunHasOneAverageAndOneKindOfAdapters() {
    assertThatThrownBy(() -> composed.loop(new Composed.Parts(new Ema(0.1), new Ema(0.2))))
        .hasMessageContaining("ema once, not 2");
    assertThatThrownBy(() -> composed.loop(new Composed.Parts(Composed.lora(), Composed.lora())))
        .hasMessageContaining("at most one of lora and adaptive, not 2");
  }
}
