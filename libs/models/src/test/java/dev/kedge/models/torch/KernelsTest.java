package dev.kedge.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final Kernels KERNELS =
      Kernels.ofText(
          """
          def combine(self, x: Tensor, ys: List[Tensor], k: int, a: float, negate: bool) -> Tensor:
            z = torch.mul(x, a)
            for i in range(k):
              for j in range(torch.len(ys)):
                z = torch.add(z, ys[j])
            if negate:
              z = torch.neg(z)
            return z

          def pair(self, x: Tensor) -> List[Tensor]:
            return [x, torch.mul(x, 2.)]

          def gradient(self, x: Tensor) -> Tensor:
            leaf = torch.requires_grad_(torch.detach(x))
            loss = torch.sum(torch.mul(leaf, leaf))
            return torch._unwrap_optional(torch.grad([loss], [leaf])[0])

          def total(self, x: Tensor) -> Tensor:
            return torch.sum(x)

          def fill(self, x: Tensor, value: float) -> None:
            torch.fill_(x, value)
          """);

  @Test
  void aKernelTakesTensorsListsAndScalarsByName() {
    try (Scope scope = Scope.plain()) {
      Tensor x = Tensor.of(scope, new float[] {1, 2, 3}, 3);
      Tensor y = Tensor.of(scope, new float[] {10, 10, 10}, 3);

      Tensor z = KERNELS.tensor(scope, "combine", x, List.of(y, x), 2, 0.5, true);

      assertThat(z.floats()).containsExactly(-22.5f, -25f, -27.5f);
      assertThat(z.shape()).containsExactly(3);
    }
  }

  @Test
  void aKernelReturnsListsAndChangesItsArguments() {
    try (Scope scope = Scope.plain()) {
      Tensor x = Tensor.of(scope, new float[] {1, 2}, 2);

      assertThat(KERNELS.tensors(scope, "pair", x).get(1).floats()).containsExactly(2, 4);
      KERNELS.run(scope, "fill", List.of(x, 4.0));

      assertThat(KERNELS.tensor(scope, "total", x).number()).isEqualTo(8);
    }
  }

  @Test
  void gradientsAreRecordedOnEveryThreadWhateverItsState() {
    assertThat(gradientOfSquares()).containsExactly(6);
    assertThat(CompletableFuture.supplyAsync(KernelsTest::gradientOfSquares).join())
        .containsExactly(6);
  }

  private static float[] gradientOfSquares() {
    try (Scope plain = Scope.plain();
        Scope step = Scope.recording()) {
      Tensor x = Tensor.of(plain, new float[] {3}, 1);
      KERNELS.tensor(plain, "total", x);
      return KERNELS.tensor(step, "gradient", x).floats();
    }
  }

  @Test
  void aTextThatIsNotTorchScriptIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Kernels.ofText("def f(self, x: Tensor) -> Tensor:\n  return y\n"))
        .isInstanceOf(TorchException.class)
        .hasMessageContaining("undefined value y");
  }

  @Test
  void anUnknownKernelAndAWrongShapeAreErrorsAndNotTheEndOfTheProcess() {
    try (Scope scope = Scope.plain()) {
      Tensor x = Tensor.of(scope, new float[] {1, 2}, 2);
      Tensor y = Tensor.of(scope, new float[] {1, 2, 3}, 3);

      assertThatThrownBy(() -> KERNELS.tensor(scope, "missing", x))
          .isInstanceOf(TorchException.class)
          .hasMessageContaining("missing");
      assertThatThrownBy(() -> KERNELS.tensor(scope, "combine", x, List.of(y), 1, 1.0, false))
          .isInstanceOf(TorchException.class)
          .hasMessageContaining("combine");
    }
  }
}
