package dev.kedge.models.score;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.models.Golden;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.train.HeadForm;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
  private static final int IMAGES = 13;
  private static final int CLASSES = 5;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick_gelu_legacy", "gelu_eos"})
  void theZeroShotClassifierIsThatOfTransformers(String variant) throws IOException {
    Golden golden = Golden.of(Golden.class, "clip/" + variant);
    ClipConfig config = ClipFolder.check(golden.folder());
    List<long[]> prompts = Golden.rows(golden.json("expected.json").get("prompt_input_ids"));
    TensorSource expected = golden.tensors("expected.safetensors");

    try (Classifier classifier =
        Classifier.zeroShot(config, golden.tensors("model.safetensors"), prompts, CLASSES)) {
      float[][] logits = classifier.logits(expected.floats("pixel_values"), IMAGES);

      assertThat(logits).hasDimensions(IMAGES, CLASSES);
      assertClose(
          "zeroshot_logits",
          flat(logits),
          expected.floats("zeroshot_logits"),
          golden.json("expected.json").at("/advised_atol/zeroshot_logits").asDouble());
    }
  }

  @Test
  void aTrainedHeadIsReadWithTheModel() throws IOException {
    Golden golden = Golden.of(Golden.class, "clip/gelu_eos");
    ClipConfig config = ClipFolder.check(golden.folder());
    TensorSource expected = golden.tensors("expected.safetensors");
    MemoryTensors checkpoint = new MemoryTensors();
    TensorSource model = golden.tensors("model.safetensors");
    for (String name : model.specs().keySet()) {
      checkpoint.put(model.spec(name), model.bytes(name));
    }
    checkpoint.put(HeadForm.ROWS, expected.floats("head_weight_wiseft"), CLASSES, 20);
    checkpoint.put(HeadForm.BIAS, new float[] {0, 0, 0, 0, 100}, CLASSES);

    try (Classifier classifier = Classifier.trained(config, checkpoint, HeadForm.LINEAR)) {
      float[][] logits = classifier.logits(expected.floats("pixel_values"), IMAGES);

      float[] wanted = expected.floats("zeroshot_logits");
      for (int i = 4; i < wanted.length; i += CLASSES) {
        wanted[i] += 100;
      }
      assertClose("logits", flat(logits), wanted, 1e-4);
    }
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[i].length);
    }
    return flat;
  }
}
