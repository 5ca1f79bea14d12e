package dev.kedge.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {
  private static final Kernels KERNELS =
      Kernels.ofText("def sum(self, x: Tensor, y: Tensor) -> Tensor:\n  return torch.add(x, y)\n");

  @AfterEach
  void onTheProcessorAgain() {
    ComputeDevice.use(Device.CPU);
  }

  private static Tensor three(Scope scope) {
    return Tensor.of(scope, new float[] {1, 2, 3}, 3);
  }

  @Test
  void tensorsAreMadeOnTheThreadsDeviceAndResultsAreWhereTheirArgumentsAre() {
    try (Scope scope = Scope.plain()) {
      assertThat(three(scope).device()).isEqualTo(Device.CPU);
      ComputeDevice.use(Device.META);
      Tensor x = three(scope);
      assertThat(x.device()).isEqualTo(Device.META);
      assertThat(x.shape()).containsExactly(3);
      assertThat(Tensor.empty(scope, ElementType.I64, 2).device()).isEqualTo(Device.META);
      assertThat(KERNELS.tensor(scope, "sum", x, x).device()).isEqualTo(Device.META);
      assertThat(CompletableFuture.supplyAsync(() -> three(scope).device()).join())
          .isEqualTo(Device.CPU);
    }
  }

  @Test
  void whatHasNoElementsReadsAsZeros() {
    ComputeDevice.use(Device.META);
    try (Scope scope = Scope.plain()) {
      Tensor x = three(scope);
      x.set(new float[] {4, 5, 6});
      assertThat(x.floats()).containsExactly(0, 0, 0);
      assertThat(Tensor.of(scope, new long[] {7}, 1).longs()).containsExactly(0);
    }
  }

  @Test
  void aTensorInTheWrongPlaceIsFound() {
    try (Scope scope = Scope.plain()) {
      Tensor here = three(scope);
      ComputeDevice.use(Device.META);
      Tensor there = three(scope);
      assertThatThrownBy(() -> KERNELS.tensor(scope, "sum", there, here))
          .isInstanceOf(AssertionError.class)
          .hasMessage("a tensor on CPU where META computes");
    }
  }

  @Test
  void valuesCopiedFromAnotherDeviceAreTheSame() {
    try (Scope scope = Scope.plain()) {
      Tensor x = three(scope);
      Autograd.fill(scope, x, Tensor.of(scope, new float[] {4, 5, 6}, 3));
      assertThat(x.floats()).containsExactly(4, 5, 6);
    }
  }

  @Test
  void theProcessorIsAlwaysThere() {
    assertThat(List.of(Device.CPU, Device.META))
        .allMatch(device -> ComputeDevice.failure(device).isEmpty());
  }
}
