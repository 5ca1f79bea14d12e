package dev.kedge.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final Kernels KERNELS =
      Kernels.ofText(
          """
          def loss_gradient(self, w: Tensor, x: Tensor) -> Tensor:
            leaf = torch.requires_grad_(torch.detach(w))
            loss = torch.sum(torch.matmul(x, leaf))
            return torch._unwrap_optional(torch.grad([loss], [leaf])[0])
          """);

  @Test
  void aTensorCannotBeUsedAfterItsScope() {
    Tensor kept;
    try (Scope scope = Scope.plain()) {
      kept = Tensor.of(scope, new float[] {1}, 1);
    }

    assertThatThrownBy(kept::floats).hasMessageContaining("scope has ended");
  }

  /** By these words a stage's failure is told from a bug. */
  @Test
  void memoryThatIsNotThereIsSaidToBeSo() {
    try (Scope scope = Scope.plain()) {
      assertThatThrownBy(() -> Tensor.empty(scope, ElementType.F32, 1L << 48))
          .hasMessageContaining("can't allocate memory");
    }
  }

  @Test
  void aTensorTakenByAnotherScopeOutlivesItsOwn() {
    try (Scope outer = Scope.plain()) {
      Tensor kept;
      try (Scope inner = Scope.plain()) {
        kept = outer.take(Tensor.of(inner, new float[] {5}, 1), inner);
      }

      assertThat(kept.number()).isEqualTo(5);
    }
  }

  @Test
  void nativeMemoryStaysFlatOverTwoThousandSteps() throws IOException {
    try (Scope job = Scope.plain()) {
      Tensor weights = Tensor.of(job, new float[128 * 128], 128, 128);
      steps(weights, 200);
      long before = residentBytes();

      steps(weights, 2000);

      assertThat(residentBytes() - before).isLessThan(32L << 20);
    }
  }

  private static void steps(Tensor weights, int count) {
    float[] input = new float[64 * 128];
    for (int i = 0; i < count; i++) {
      try (Scope step = Scope.recording()) {
        Tensor x = Tensor.of(step, input, 64, 128);
        KERNELS.tensor(step, "loss_gradient", weights, x);
      }
    }
  }

  /** Resident set size; a leak of one gradient a step would add 128 MB in two thousand. */
  private static long residentBytes() throws IOException {
    try (Scanner pages = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
      pages.nextLong();
      return pages.nextLong() * 4096;
    }
  }
}
