package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.Golden;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageCaptionContrastTest {
  private static final int PAIRS = 4;
  private static final int FIRST_TEXT = 2;

  private final Golden golden = Golden.of(Golden.class, "clip/gelu_eos");
  private final Scope scope = Scope.plain();
  private ImageCaptionContrast objective;
  private Weights weights;
  private Tensor pixels;
  private List<long[]> texts;

  @BeforeEach
  void aGoldenModel() throws IOException {
    ComputeThreads.use(1);
    Clip clip = new Clip(ClipFolder.check(golden.folder()));
    objective = new ImageCaptionContrast(clip);
    weights =
        Weights.read(
            scope, golden.tensors("model.safetensors"), ClipTensors.of(clip.config()).keySet());
    float[] all = golden.tensors("expected.safetensors").floats("pixel_values");
    pixels = Tensor.of(scope, Arrays.copyOf(all, PAIRS * 3 * 64 * 64), PAIRS, 3, 64, 64);
    texts = Golden.rows(golden.json("expected.json").get("input_ids"));
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private double loss(List<long[]> captions, long... captionOfImage) {
    TextBatch batch = new TextBatch(objective.clip().config().text(), captions);
    Tensor places = Tensor.of(scope, captionOfImage, PAIRS);
    CaptionedBatch pairs = new CaptionedBatch(pixels, places, batch, List.of("a", "b", "c", "d"));
    return objective.loss(scope, objective.outputs(scope, weights, pairs), pairs).number();
  }

  /**
   * The logits of the first images with the texts from {@link #FIRST_TEXT} on, from transformers.
   */
  private double[][] goldenLogits() throws IOException {
    float[] all = golden.tensors("expected.safetensors").floats("logits_per_image");
    int columns = texts.size();
    double[][] logits = new double[PAIRS][PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      for (int j = 0; j < PAIRS; j++) {
        logits[i][j] = all[i * columns + FIRST_TEXT + j];
      }
    }
    return logits;
  }

  @Test
  void withDistinctCaptionsItIsClipsLoss() throws IOException {
    double[][] logits = goldenLogits();
    double expected = 0;
    for (int i = 0; i < PAIRS; i++) {
      double rows = 0;
      double columns = 0;
      for (int j = 0; j < PAIRS; j++) {
        rows += Math.exp(logits[i][j]);
        columns += Math.exp(logits[j][i]);
      }
      expected += Math.log(rows) + Math.log(columns) - 2 * logits[i][i];
    }

    assertThat(loss(texts.subList(FIRST_TEXT, FIRST_TEXT + PAIRS), 0, 1, 2, 3))
        .isCloseTo(expected / (2 * PAIRS), within(1e-5));
  }

  @Test
  void imagesThatShareACaptionAreAllItsPartners() throws IOException {
    double[][] logits = goldenLogits();
    long[] caption = {0, 1, 0, 1};
    double expected = 0;
    for (int i = 0; i < PAIRS; i++) {
      int own = (int) caption[i];
      double rows = Math.exp(logits[i][0]) + Math.exp(logits[i][1]);
      double columns = 0;
      for (int j = 0; j < PAIRS; j++) {
        columns += Math.exp(logits[j][own]);
      }
      expected += Math.log(rows) + Math.log(columns) - 2 * logits[i][own];
    }

    assertThat(loss(texts.subList(FIRST_TEXT, FIRST_TEXT + 2), caption))
        .isCloseTo(expected / (2 * PAIRS), within(1e-5));
  }

  @Test
  void theScaleStaysWithinItsBounds() {
    Tensor scale = Tensor.of(scope, new float[] {5});
    Weights only = new Weights(Map.of(ClipTensors.LOGIT_SCALE, scale));

    objective.constrain(scope, only);
    assertThat(scale.number()).isEqualTo((float) Math.log(100));
    scale.set(new float[] {-1});
    objective.constrain(scope, only);
    assertThat(scale.number()).isZero();
  }
}
