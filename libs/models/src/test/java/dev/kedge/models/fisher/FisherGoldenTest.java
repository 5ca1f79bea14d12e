package dev.kedge.models.fisher;

import static dev.kedge.models.Golden.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.Golden;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.train.GoldenRun;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FisherGoldenTest {
  private static final int BATCHES = 2;
  private static final double RELATIVE = 1e-4;
  private static final double FLOOR = 1e-10;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @ParameterizedTest
  @CsvSource({
    "OBSERVED, fisher_empirical, 1",
    "OBSERVED, fisher_empirical, 4",
    "EXPECTED, fisher_exact, 1",
    "EXPECTED, fisher_exact, 4"
  })
  void aClassifiersFisherIsThatOfPyTorchsPerSampleGradients(String whose, String file, int parts)
      throws IOException {
    FisherLabels labels =
        whose.equals("OBSERVED") ? new FisherLabels.Observed() : new FisherLabels.Expected();
    TensorSource expected = Golden.of(getClass(), "classifier").tensors(file + ".safetensors");
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "ft");
      try (ClassifierFisher fisher =
          new ClassifierFisher(golden.clip(), golden.model().with(golden.start()), labels)) {
        for (int batch = 0; batch < BATCHES; batch++) {
          for (LabelledBatch part : golden.batches(scope, batch, parts)) {
            fisher.add(part);
          }
        }
        assertFisher(fisher.mean(), expected);
      }
    }
  }

  /** The golden head is that of the captions: its rows times exp(logit_scale), and a bias of 0. */
  @ParameterizedTest
  @CsvSource({"OBSERVED, fisher_empirical", "EXPECTED, fisher_exact"})
  void byCaptionsItIsThatOfPyTorchWithoutTheHead(String whose, String file) throws IOException {
    FisherLabels labels =
        whose.equals("OBSERVED") ? new FisherLabels.Observed() : new FisherLabels.Expected();
    TensorSource expected = Golden.of(getClass(), "classifier").tensors(file + ".safetensors");
    try (Scope scope = Scope.plain()) {
      GoldenRun golden = new GoldenRun(scope, "ft");
      try (ClassifierFisher fisher =
          ClassifierFisher.ofCaptions(golden.clip(), golden.model().with(golden.start()), labels)) {
        for (int batch = 0; batch < BATCHES; batch++) {
          fisher.add(golden.batches(scope, batch, 1).get(0));
        }
        TensorSource mean = fisher.mean();
        assertThat(mean.specs()).doesNotContainKeys("head.weight", "head.bias", "logit_scale");
        assertFisher(mean, expected.only(name -> !HeadForm.holds(name)));
      }
    }
  }

  /** Every tensor within a share of its largest value. */
  static void assertFisher(TensorSource actual, TensorSource expected) throws IOException {
    double worst = 0;
    for (String name : expected.specs().keySet()) {
      float[] wanted = expected.floats(name);
      double allowed = RELATIVE * largest(wanted) + FLOOR;
      double difference = largestDifference(name, actual.floats(name), wanted);
      assertThat(difference).as(name).isLessThanOrEqualTo(allowed);
      worst = Math.max(worst, difference / allowed);
    }
    System.out.printf("Fisher information within %.2g of what is allowed%n", worst);
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
      try (ClassifierFisher fisher =
          new ClassifierFisher(
              golden.clip(), golden.model().with(golden.start()), new FisherLabels.Observed())) {
        assertThatThrownBy(fisher::mean).hasMessageContaining("at least one sample");
      }
    }
  }
}
