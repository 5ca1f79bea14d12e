package dev.kedge.models.clip;

import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * CLIP's computations over given weights.
 *
 * <p>An object holds the architecture only; weights are arguments, so that one serves a model, its
 * fine-tuned versions and every average of them.
 */
public final class Clip {
  private static final Kernels KERNELS = Kernels.load(Clip.class, "clip.torchscript");

  private final ClipConfig config;

  public Clip(ClipConfig config) {
    this.config = config;
  }

  public ClipConfig config() {
    return config;
  }

  /**
   * Image features, not normalised.
   *
   * @param pixels {@code [batch, channels, height, width]}, preprocessed
   * @return {@code [batch, projection]}
   */
  public Tensor imageFeatures(Scope scope, Weights weights, Tensor pixels) {
    TowerConfig tower = config.vision().tower();
    Tensor x = embedImage(scope, weights, pixels);
    int last = tower.layers() - 1;
    for (int layer = 0; layer < last; layer++) {
      x = visionBlock(scope, weights, x, layer);
    }
    x =
        KERNELS.tensor(
            scope,
            "first_token_block",
            x,
            weights.all(ClipTensors.block(ClipTensors.VISION, last)),
            tower.heads(),
            tower.eps(),
            tower.activation() == Activation.QUICK_GELU);
    return KERNELS.tensor(
        scope, "project_image", x, weights.all(ClipTensors.IMAGE_PROJECTION), tower.eps());
  }

  /**
   * Text features, not normalised.
   *
   * @return {@code [texts, projection]}
   */
  public Tensor textFeatures(Scope scope, Weights weights, TextBatch texts) {
    TowerConfig tower = config.text().tower();
    Tensor x = embedText(scope, weights, texts);
    for (int layer = 0; layer < tower.layers(); layer++) {
      x = textBlock(scope, weights, x, layer);
    }
    return KERNELS.tensor(
        scope,
        "project_text",
        x,
        texts.pooledRows(scope),
        weights.all(ClipTensors.TEXT_PROJECTION),
        tower.eps());
  }

  /** {@code [batch, tokens, width]}: the class token and the patches, placed and normalised. */
  Tensor embedImage(Scope scope, Weights weights, Tensor pixels) {
    double eps = config.vision().tower().eps();
    return KERNELS.tensor(
        scope, "embed_image", pixels, weights.all(ClipTensors.IMAGE_EMBEDDING), eps);
  }

  /** {@code [texts, tokens, width]}. */
  Tensor embedText(Scope scope, Weights weights, TextBatch texts) {
    return KERNELS.tensor(
        scope, "embed_text", texts.ids(scope), weights.all(ClipTensors.TEXT_EMBEDDING));
  }

  /** One block over all tokens of an image; the shape stays. */
  Tensor visionBlock(Scope scope, Weights weights, Tensor x, int layer) {
    List<Tensor> parameters = weights.all(ClipTensors.block(ClipTensors.VISION, layer));
    return block(scope, x, parameters, config.vision().tower(), false);
  }

  /** One block over all tokens of a text, each seeing what stands before it; the shape stays. */
  Tensor textBlock(Scope scope, Weights weights, Tensor x, int layer) {
    List<Tensor> parameters = weights.all(ClipTensors.block(ClipTensors.TEXT, layer));
    return block(scope, x, parameters, config.text().tower(), true);
  }

  private static Tensor block(
      Scope scope, Tensor x, List<Tensor> parameters, TowerConfig tower, boolean causal) {
    boolean quick = tower.activation() == Activation.QUICK_GELU;
    return KERNELS.tensor(scope, "block", x, parameters, tower.heads(), tower.eps(), quick, causal);
  }

  /** Rows divided by their length: {@code [rows, projection]}. */
  public static Tensor unit(Scope scope, Tensor features) {
    return KERNELS.tensor(scope, "unit", features);
  }

  /**
   * {@code exp(logit_scale)} times the cosine of each image with each text: {@code [images,
   * texts]}.
   */
  public static Tensor similarity(
      Scope scope, Weights weights, Tensor imageFeatures, Tensor textFeatures) {
    return KERNELS.tensor(
        scope, "scaled_cosines", imageFeatures, textFeatures, weights.get(ClipTensors.LOGIT_SCALE));
  }

  /**
   * The zero-shot head: a unit row per class, the normalised mean of its prompts' unit features.
   *
   * @param prompts all templates of the first class, then of the second, and so on
   * @return {@code [classes, projection]}
   */
  public Tensor zeroShotRows(Scope scope, Weights weights, TextBatch prompts, int classes) {
    if (classes < 1 || prompts.size() % classes != 0) {
      throw new IllegalArgumentException(
          prompts.size() + " prompts cannot be shared equally by " + classes + " classes");
    }
    Tensor features = textFeatures(scope, weights, prompts);
    return KERNELS.tensor(scope, "zero_shot_rows", features, classes);
  }

  /** Rows times {@code exp(logit_scale)}: how a classifier head starts (as WiSE-FT does it). */
  public static Tensor scaled(Scope scope, Weights weights, Tensor rows) {
    return KERNELS.tensor(scope, "scaled", rows, weights.get(ClipTensors.LOGIT_SCALE));
  }
}
