package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.protobuf.TextFormat;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FisherFileTest {
  @TempDir private Path folder;

  /** The mean over all six is 2. */
  @BeforeEach
  void anInformation() throws IOException {
    MemoryTensors tensors =
        new MemoryTensors()
            .put("a", new float[] {0, 1, 1, 9}, 2, 2)
            .put("b", new float[] {0.5f, 0.5f}, 2);
    SafetensorsWriter.write(folder.resolve(FisherDiagonal.FILE), tensors, Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1, 9",
    "'normalise: NONE', 1, 9",
    "'normalise: MEAN_ONE', 0.5, 4.5",
    "'clip: 2', 1, 4",
    "'clip: 2 normalise: MEAN_ONE', 0.857143, 3.428571",
  })
  void theLargestAreClippedInMultiplesOfTheMean(String ewc, float second, float last)
      throws IOException {
    try (Scope scope = Scope.plain()) {
      float[] a = read(scope, List.of("a", "b"), ewc).get("a").floats();
      assertThat(a).containsExactly(new float[] {0, second, second, last}, offset(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 2, 100})
  void clippingComesBeforeTheMeanIsMadeOne(double clip) throws IOException {
    try (Scope scope = Scope.plain()) {
      Weights scaled = read(scope, List.of("a", "b"), "normalise: MEAN_ONE clip: " + clip);
      double sum = 0;
      for (String name : scaled.names()) {
        for (float value : scaled.get(name).floats()) {
          sum += value;
        }
      }
      assertThat(sum / 6).isCloseTo(1, offset(1e-6));
    }
  }

  @Test
  void weightsWithoutInformationAreLeftOut() throws IOException {
    try (Scope scope = Scope.plain()) {
      Weights known = read(scope, List.of("b", "head.weight"), "");
      assertThat(known.names()).containsExactly("b");
      assertThatThrownBy(() -> read(scope, List.of("c"), ""))
          .hasMessageContaining("of another model");
    }
  }

  @Test
  void whatIsNoMeanOfSquaresIsRefused() throws IOException {
    SafetensorsWriter.write(
        folder.resolve(FisherDiagonal.FILE),
        new MemoryTensors().put("a", new float[] {0, -1e-9f}, 2),
        Map.of());
    try (Scope scope = Scope.plain()) {
      assertThatThrownBy(() -> read(scope, List.of("a"), ""))
          .hasMessageContaining("the Fisher information of 'a' has the value -1.0E-9");
    }
  }

  private Weights read(Scope scope, List<String> names, String ewc) throws IOException {
    return FisherFile.read(folder, scope, names, TextFormat.parse(ewc, MethodSpec.Ewc.class));
  }
}
