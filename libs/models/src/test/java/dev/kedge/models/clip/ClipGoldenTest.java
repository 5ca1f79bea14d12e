package dev.kedge.models.clip;

import static dev.kedge.models.Golden.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.models.Golden;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLIP's outputs against those of transformers and open_clip, within their stated tolerances. */
class ClipGoldenTest {
  private static final String LEGACY = "quick_gelu_legacy";
  private static final String EOS = "gelu_eos";

  private final Scope scope = Scope.plain();
  private Golden golden;
  private Clip clip;
  private Weights weights;

  @BeforeEach
  void threads() {
    ComputeThreads.use(1);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private void open(String variant) throws IOException {
    golden = Golden.of(getClass(), variant);
    clip = new Clip(ClipFolder.check(golden.folder()));
    weights =
        Weights.read(
            scope, golden.tensors("model.safetensors"), ClipTensors.of(clip.config()).keySet());
  }

  private Tensor expected(String name) throws IOException {
    return golden.tensor(scope, "expected.safetensors", name);
  }

  private void check(String name, Tensor actual) throws IOException {
    assertClose(name, actual.floats(), expected(name).floats(), tolerance(name));
  }

  private double tolerance(String name) throws IOException {
    JsonNode tolerance = golden.json("expected.json").path("advised_atol").path(name);
    assertThat(tolerance.isNumber()).as(name + " has a tolerance").isTrue();
    return tolerance.asDouble();
  }

  private TextBatch texts(String ids) throws IOException {
    return new TextBatch(clip.config().text(), Golden.rows(golden.json("expected.json").get(ids)));
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void bothTowersAndTheirSimilarityAreThoseOfTransformers(String variant) throws IOException {
    open(variant);

    Tensor images = clip.imageFeatures(scope, weights, expected("pixel_values"));
    Tensor texts = clip.textFeatures(scope, weights, texts("input_ids"));

    check("image_features", images);
    check("text_features", texts);
    check("image_embeds", Clip.unit(scope, images));
    check("text_embeds", Clip.unit(scope, texts));
    check("logits_per_image", Clip.similarity(scope, weights, images, texts));
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void theZeroShotHeadIsTheMeanOfItsPrompts(String variant) throws IOException {
    open(variant);
    int classes = golden.json("expected.json").get("classes").size();

    Tensor rows = clip.zeroShotRows(scope, weights, texts("prompt_input_ids"), classes);

    check("head_weight_normalised", rows);
    check("head_weight_wiseft", Clip.scaled(scope, weights, rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void manyPromptsAreComputedInTurnsAndGiveTheSameRows(String variant) throws IOException {
    open(variant);
    int classes = golden.json("expected.json").get("classes").size();
    List<long[]> once = Golden.rows(golden.json("expected.json").get("prompt_input_ids"));
    int each = once.size() / classes;
    int times = 1030 / each;
    List<long[]> many = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      int of = i % classes;
      many.addAll(once.subList(of * each, (of + 1) * each));
    }

    float[][] rows =
        clip.zeroShotRows(scope, weights, new TextBatch(clip.config().text(), many), times).rows();

    float[][] expected =
        clip.zeroShotRows(scope, weights, texts("prompt_input_ids"), classes).rows();
    for (int i = 0; i < times; i++) {
      assertThat(rows[i]).containsExactly(expected[i % classes], within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void everyHiddenStateIsThatOfTransformers(String variant) throws IOException {
    open(variant);
    Tensor x = clip.embedImage(scope, weights, expected("pixel_values")).get(1);
    int all = clip.config().vision().tokens();
    checkHidden("vision_hidden_image0.0", x, 0, all);
    for (int layer = 0; layer < clip.config().vision().tower().layers(); layer++) {
      x = clip.visionBlock(scope, weights, x, layer, false);
      checkHidden("vision_hidden_image0." + (layer + 1), x, 0, all);
    }
    x = clip.embedText(scope, weights, texts("input_ids"));
    // What stands behind the end is masked in transformers and never read here.
    int read = texts("input_ids").pooledPosition(2) + 1;
    checkHidden("text_hidden_text2.0", x, 2, read);
    for (int layer = 0; layer < clip.config().text().tower().layers(); layer++) {
      x = clip.textBlock(scope, weights, x, layer);
      checkHidden("text_hidden_text2." + (layer + 1), x, 2, read);
    }
  }

  private void checkHidden(String name, Tensor batch, int row, int tokens) throws IOException {
    long[] shape = batch.shape();
    int start = Math.toIntExact(row * shape[1] * shape[2]);
    int size = Math.toIntExact(tokens * shape[2]);
    float[] actual = Arrays.copyOfRange(batch.floats(), start, start + size);
    float[] wanted = Arrays.copyOf(expected(name).floats(), size);
    assertClose(name, actual, wanted, tolerance(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void openClipsFormGivesTheSameModel(String variant) throws IOException {
    open(variant);
    ClipConfig config = OpenClip.config(golden.json("open_clip_config.json"));
    TensorSource converted =
        OpenClip.weights(config, golden.tensors("open_clip_state_dict.safetensors"));

    assertThat(config.vision()).isEqualTo(clip.config().vision());
    assertThat(config.text().tower()).isEqualTo(clip.config().text().tower());
    for (String name : ClipTensors.of(config).keySet()) {
      assertThat(converted.floats(name))
          .as(name)
          .isEqualTo(golden.tensors("model.safetensors").floats(name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LEGACY, EOS})
  void openClipsOwnIdsPoolAtTheSameToken(String variant) throws IOException {
    open(variant);
    ClipConfig config = OpenClip.config(golden.json("open_clip_config.json"));
    JsonNode expected = golden.json("expected.json");
    List<long[]> ours = Golden.rows(expected.get("input_ids"));
    List<long[]> theirs = Golden.rows(expected.get("open_clip_input_ids"));
    List<Integer> differing = new ArrayList<>();
    expected
        .get("texts_where_open_clip_ids_differ_before_padding")
        .forEach(index -> differing.add(index.asInt()));

    for (int i = 0; i < ours.size(); i++) {
      if (!differing.contains(i)) {
        assertThat(config.text().pooledPosition(theirs.get(i)))
            .isEqualTo(clip.config().text().pooledPosition(ours.get(i)));
      }
    }
  }
}
