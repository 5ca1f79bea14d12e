package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the method, a run that was interrupted ends as one that was not, bit for bit. */
class ResumeTest {
  private static final int STEPS = 9;

  @TempDir private Path folder;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  static List<String> compositions() throws IOException {
    try (Scope scope = Scope.plain()) {
      return new ArrayList<>(new Composed(scope).all().keySet());
    }
  }

  /** Makes the loop anew, as another process would. */
  private interface Run {
    TrainingLoop<?> loop(Composed composed) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("compositions")
  void aRunThatGoesOnFromAFileEndsBitIdentical(String name) throws IOException {
    assertResumes(name, composed -> composed.loop(composed.all().get(name)));
  }

  @Test
  void soDoesContrastiveFineTuningWithAPenaltyAndAnAverage() throws IOException {
    assertResumes("flyp", composed -> composed.flyp(new L2(0.1, PenaltyScope.ALL), new Ema(0.7)));
  }

  private void assertResumes(String name, Run run) throws IOException {
    int interrupted = 1 + new SplittableRandom(name.hashCode()).nextInt(STEPS - 1);
    System.out.println(name + ": interrupted after step " + interrupted);
    try (Scope scope = Scope.plain();
        TrainingLoop<?> loop = run.loop(new Composed(scope))) {
      steps(loop, interrupted);
      TrainingState saved = loop.state();
      steps(loop, STEPS - interrupted);
      write(loop, "undisturbed");
      saved.write(folder.resolve("saved"));
    }
    try (Scope scope = Scope.plain();
        TrainingLoop<?> loop = run.loop(new Composed(scope));
        TrainingState saved = TrainingState.read(folder.resolve("saved"))) {
      loop.restore(saved);
      assertThat(loop.steps()).isEqualTo(interrupted);
      steps(loop, STEPS - interrupted);
      write(loop, "resumed");
    }
    for (String file : List.of("state", "result")) {
      assertThat(folder.resolve("resumed." + file))
          .hasSameBinaryContentAs(folder.resolve("undisturbed." + file));
    }
  }

  private void write(TrainingLoop<?> loop, String name) throws IOException {
    loop.state().write(folder.resolve(name + ".state"));
    SafetensorsWriter.write(folder.resolve(name + ".result"), loop.result(), Map.of());
  }

  private static void steps(TrainingLoop<?> loop, int count) {
    for (int i = 0; i < count; i++) {
      loop.step();
    }
  }
}
