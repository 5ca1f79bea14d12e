package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiniteTensorsTest {
  @Test
  void theFirstValueThatIsNotFiniteIsNamed() {
    var tensors =
        new MemoryTensors()
            .put("a", new float[] {1, Float.MAX_VALUE}, 2)
            .put("b", new float[] {0, 0, Float.NaN, Float.NEGATIVE_INFINITY}, 2, 2);

    assertThatThrownBy(() -> FiniteTensors.require(tensors))
        .isInstanceOf(NonFiniteTensorException.class)
        .hasMessageContaining("'b'")
        .hasMessageContaining("NaN at element 2");
  }

  @Test
  void wholeNumbersAndEmptyTensorsAreFinite() {
    var tensors =
        new MemoryTensors()
            .put("empty", new float[0], 0)
            .put(new TensorSpec("ids", DType.I64, List.of(1L)), ByteBuffer.allocate(8));

    assertThatCode(() -> FiniteTensors.require(tensors)).doesNotThrowAnyException();
  }
}
