package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final Map<String, long[]> SHAPES =
      Map.of("frozen", new long[] {1000, 1000}, "moved", new long[] {500, 1000});

  private static MemoryNeed.Shape shape(boolean recomputes) {
    return new MemoryNeed.Shape(12, 768, 3072, 50, 64, 64, 1000, recomputes);
  }

  @Test
  void theSumIsShownWithItsFactors() {
    MemoryNeed need = MemoryNeed.of(SHAPES, List.of("moved"), 1, shape(false));

    // 1.5 million weights; half a million of them: leaf, anchor, gradient, two moments, EMA.
    long weights = 4 * (1_500_000 + 6 * 500_000);
    long activations = 12L * (8 * 768 + 2 * 3072) * 50 * 64 * 4;
    assertThat(need.bytes()).isEqualTo(weights + activations + 3 * 64 * 1000 * 4);
    assertThat(need.arithmetic())
        .startsWith("all weights 6.0 MB + moved weights and their anchor 4.0 MB + gradients 2.0 MB")
        .contains("moments of AdamW 4.0 MB + 1 more copies of the moved weights 2.0 MB")
        .contains("activations (12 blocks kept, 64 sequences of 50 tokens, width 768) 1887.4 MB")
        .endsWith("logits (3 times 64 rows of 1000) 0.8 MB = 1906.2 MB");
  }

  @Test
  void blocksThatAreComputedAgainKeepTheirInputsAlone() {
    long kept = MemoryNeed.of(SHAPES, List.of(), 0, shape(false)).bytes();
    long again = MemoryNeed.of(SHAPES, List.of(), 0, shape(true)).bytes();

    assertThat(again).isLessThan(kept / 5);
  }

  @Test
  void aRunThatDoesNotFitIsRefusedWithTheArithmetic() {
    MemoryNeed need = MemoryNeed.of(SHAPES, List.of("moved"), 0, shape(false));

    assertThatCode(() -> need.requireWithin(need.bytes())).doesNotThrowAnyException();
    assertThatThrownBy(() -> need.requireWithin(1_000_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs more memory than the 1000.0 MB there are: all weights 6.0 MB")
        .hasMessageEndingWith("a smaller micro_batch, recompute or lora need less");
  }
}
