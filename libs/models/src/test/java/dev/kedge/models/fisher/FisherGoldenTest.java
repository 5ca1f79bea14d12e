package dev.kedge.models.fisher;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.train.GoldenRun;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FisherGoldenTest {
  private static final int BATCHES = 2;
  private static final double RELATIVE = 1e-4;
  private static final double FLOOR = 1e-10;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @Test
  void theEmpiricalFisherIsThatOfPyTorchsPerSampleGradients() throws IOException {
    assertGolden(1);
  }

  @Test
  void theSizeOfTheBatchesChangesNothing() throws IOException {
    assertGolden(4);
  }

  private static void assertGolden(int parts) throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "ft");
      TensorSource expected = golden.fisherTensors();
      try (EmpiricalFisher fisher =
          new EmpiricalFisher(golden.clip(), golden.model().with(golden.start()))) {
        for (int batch = 0; batch < BATCHES; batch++) {
          for (LabelledBatch part : golden.batches(scope, batch, parts)) {
            fisher.add(part);
          }
        }
        TensorSource mean = fisher.mean();
        for (String name : expected.specs().keySet()) {
          float[] wanted = expected.floats(name);
          assertClose(name, mean.floats(name), wanted, RELATIVE * largest(wanted) + FLOOR);
        }
      }
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void withoutSamplesThereIsNoMean() throws IOException {
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "ft");
      try (EmpiricalFisher fisher =
          new EmpiricalFisher(golden.clip(), golden.model().with(golden.start()))) {
        assertThatThrownBy(fisher::mean).hasMessageContaining("at least one sample");
      }
    }
  }
}
