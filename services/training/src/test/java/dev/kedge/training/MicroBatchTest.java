package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.train.HeldWeights;
import dev.kedge.models.train.MemoryNeed;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.testing.TestingContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroBatchTest {
  private static final long HEAP = 1_000_000;

  private final Optimisation.Builder optimisation = Optimisation.newBuilder().setBatchSize(100);
  private TestingContext context;

  @BeforeEach
  void open(@TempDir Path scratch) {
    context = new TestingContext(scratch);
  }

  @Test
  void aBatchThatFitsIsComputedAtOnce() {
    assertThat(fixed(1000)).isEqualTo(100);
  }

  @Test
  void aBatchThatDoesNotFitIsHalvedUntilItDoes() {
    assertThat(fixed(999)).isEqualTo(50);
    assertThat(context.fixed).containsEntry("micro_batch", "50");
  }

  @Test
  void noMoreAreComputedAtOnceThanGainAnything() {
    assertThat(microBatch(1000).upTo(8).fixed(run(), MicroBatchTest::need)).isEqualTo(8);
  }

  @Test
  void aResumeKeepsToWhatTheFirstMachineChose() throws Exception {
    fixed(260);
    context.saveProgress(Files.createDirectory(context.scratch().resolve("progress")));
    context = context.next(Files.createTempDirectory(context.scratch(), "next"));

    assertThat(fixed(1000)).isEqualTo(25);
  }

  @Test
  void whatIsAskedForIsNotHalvedButRefused() {
    optimisation.setMicroBatch(60);

    assertThat(fixed(600)).isEqualTo(60);
    assertThatThrownBy(() -> fixed(599))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("600 bytes for 60")
        .hasMessageContaining("a smaller micro_batch, recompute, precision BF16, lora, a smaller");
  }

  @Test
  void whereNotEvenOneSampleFitsTheArithmeticAndTheRemediesAreShown() {
    optimisation.setRecompute(true);

    assertThatThrownBy(() -> fixed(9))
        .hasMessageStartingWith("the run needs more memory than the 0.0 MB there are")
        .hasMessageContaining("; precision BF16, lora, a smaller batch_size need less")
        .hasMessageEndingWith("kedge.training.memory says how much there is");
  }

  @Test
  void aHeapTooSmallForWhatIsSavedIsFoundBeforehand() {
    HeldWeights large =
        HeldWeights.of(Map.of("w", new long[] {300, 300}), List.of("w"), Optional.empty(), 0);
    RunMemory run = new RunMemory(large, Precision.F32, false, false);

    assertThatThrownBy(() -> microBatch(1000).fixed(run, MicroBatchTest::need))
        .hasMessageContaining("takes 1.1 MB of the Java heap, which has 1.0 MB")
        .hasMessageContaining("-Xmx");
  }

  private int fixed(long available) {
    return microBatch(available).fixed(run(), MicroBatchTest::need);
  }

  private MicroBatch microBatch(long available) {
    TrainSpec spec =
        TrainSpec.newBuilder()
            .setOptimisation(optimisation)
            .setMethod(MethodSpec.newBuilder().setFull(MethodSpec.Full.getDefaultInstance()))
            .build();
    return new MicroBatch(spec, context, new MemoryLimits(available, HEAP), 256);
  }

  private static RunMemory run() {
    HeldWeights none = HeldWeights.of(Map.of(), List.of(), Optional.empty(), 0);
    return new RunMemory(none, Precision.F32, false, false);
  }

  private static MemoryNeed need(int samples) {
    long bytes = 10L * samples;
    return new MemoryNeed(List.of(new MemoryNeed.Part(bytes + " bytes for " + samples, bytes)));
  }
}
