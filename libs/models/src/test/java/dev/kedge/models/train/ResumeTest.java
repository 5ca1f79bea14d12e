package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
  @TempDir private Path folder;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @Test
  void aRunThatGoesOnFromAFileEndsBitIdentical() throws IOException {
    Path undisturbed = folder.resolve("undisturbed.safetensors");
    Path saved = folder.resolve("saved.safetensors");
    Path resumed = folder.resolve("resumed.safetensors");
    try (Scope scope = Scope.plain();
        TrainingLoop<LabelledBatch> loop = new GoldenRun(scope, "l2").loop(1)) {
      steps(loop, 4);
      TrainingState atFour = loop.state();
      steps(loop, 6);
      loop.state().write(undisturbed);
      atFour.write(saved);
    }
    try (Scope scope = Scope.plain();
        TrainingLoop<LabelledBatch> loop = new GoldenRun(scope, "l2").loop(1)) {
      loop.restore(TrainingState.read(saved));
      assertThat(loop.steps()).isEqualTo(4);
      steps(loop, 6);
      loop.state().write(resumed);
    }

    assertThat(resumed).hasSameBinaryContentAs(undisturbed);
    assertThat(saved.toFile().length()).isPositive();
  }

  private static void steps(TrainingLoop<LabelledBatch> loop, int count) {
    for (int i = 0; i < count; i++) {
      loop.step();
    }
  }
}
