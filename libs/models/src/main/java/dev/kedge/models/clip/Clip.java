package dev.kedge.models.clip;

import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Recomputation;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * CLIP's computations over given weights.
 *
 * <p>An object holds the architecture only; weights are arguments, so that one serves a model, its
 * fine-tuned versions and every average of them.
 */
public final class Clip {
  /** Prompts of a zero-shot head that are computed at once: ImageNet's are 80,000. */
  private static final int PROMPTS_AT_ONCE = 512;

  private static final Kernels KERNELS =
      Kernels.load(Clip.class, "unit.torchscript", "clip.torchscript");

  private final ClipConfig config;
  private final boolean recomputes;

  /** A model that keeps what it computes for the way back. */
  public Clip(ClipConfig config) {
    this(config, false);
  }

  /**
   * A model.
   *
   * @param recomputes whether a block is computed again for the way back, which saves memory
   */
  public Clip(ClipConfig config, boolean recomputes) {
    this.config = config;
    this.recomputes = recomputes;
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
    return image(scope, weights, pixels).features();
  }

  /** As {@link #imageFeatures}, with the class token after every block. */
  public ImageStates image(Scope scope, Weights weights, Tensor pixels) {
    Tensor x = embedImage(scope, weights, pixels).get(1);
    int layers = config.vision().tower().layers();
    List<Tensor> tokens = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      x = visionPart(scope, weights, x, layer);
      tokens.add(KERNELS.tensor(scope, "class_token", x));
    }
    return new ImageStates(projectImage(scope, weights, x).get(1), tokens);
  }

  /**
   * As {@link #imageFeatures}, keeping what goes into and comes out of every part that has weights.
   */
  public ImageTrace traceImage(Scope scope, Weights weights, Tensor pixels) {
    VisionConfig vision = config.vision();
    List<ImageTrace.Part> parts = new ArrayList<>();
    List<Tensor> embedded = embedImage(scope, weights, pixels);
    parts.add(new ImageTrace.Embedding(pixels, embedded.get(0), vision.patchSize()));
    Tensor x = embedded.get(1);
    parts.add(norm(ClipTensors.IMAGE_EMBEDDING.get(3), embedded.get(0), x));
    for (int layer = 0; layer < vision.tower().layers(); layer++) {
      x = traceBlock(scope, weights, x, layer, parts);
    }
    List<Tensor> projected = projectImage(scope, weights, x);
    parts.add(norm(ClipTensors.IMAGE_PROJECTION.get(0), x, projected.get(0)));
    Tensor features = projected.get(1);
    String projection = ClipTensors.IMAGE_PROJECTION.get(2);
    parts.add(new ImageTrace.Affine(projection, projected.get(0), features));
    return new ImageTrace(features, parts);
  }

  private Tensor visionPart(Scope scope, Weights weights, Tensor x, int layer) {
    boolean last = layer == config.vision().tower().layers() - 1;
    return part(scope, x, (owner, y) -> visionBlock(owner, weights, y, layer, last));
  }

  private Tensor part(Scope scope, Tensor x, Recomputation.Segment block) {
    return recomputes ? Recomputation.of(scope, x, block) : block.apply(scope, x);
  }

  private Tensor traceBlock(
      Scope scope, Weights weights, Tensor x, int layer, List<ImageTrace.Part> parts) {
    List<String> names = ClipTensors.block(ClipTensors.VISION, layer);
    TowerConfig tower = config.vision().tower();
    boolean last = layer == tower.layers() - 1;
    List<Tensor> traced =
        KERNELS.tensors(
            scope,
            "traced_block",
            blockArguments(x, weights.all(names), tower, false, last).toArray());
    for (int part = 0; part < names.size() / 2; part++) {
      String name = names.get(2 * part);
      Tensor input = traced.get(2 * part + 1);
      Tensor output = traced.get(2 * part + 2);
      boolean isNorm = name.contains("layer_norm");
      parts.add(isNorm ? norm(name, input, output) : new ImageTrace.Affine(name, input, output));
    }
    return traced.get(0);
  }

  private ImageTrace.Norm norm(String name, Tensor input, Tensor output) {
    return new ImageTrace.Norm(name, input, output, config.vision().tower().eps());
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
      int number = layer;
      x = part(scope, x, (owner, y) -> textBlock(owner, weights, y, number));
    }
    return KERNELS.tensor(
        scope,
        "project_text",
        x,
        texts.pooledRows(scope),
        weights.all(ClipTensors.TEXT_PROJECTION),
        tower.eps());
  }

  /** {@code [batch, tokens, width]}: the class token and the patches, before and after the norm. */
  List<Tensor> embedImage(Scope scope, Weights weights, Tensor pixels) {
    double eps = config.vision().tower().eps();
    return KERNELS.tensors(
        scope, "embed_image", pixels, weights.all(ClipTensors.IMAGE_EMBEDDING), eps);
  }

  private List<Tensor> projectImage(Scope scope, Weights weights, Tensor x) {
    double eps = config.vision().tower().eps();
    return KERNELS.tensors(
        scope, "project_image", x, weights.all(ClipTensors.IMAGE_PROJECTION), eps);
  }

  /** {@code [texts, tokens, width]}. */
  Tensor embedText(Scope scope, Weights weights, TextBatch texts) {
    return KERNELS.tensor(
        scope, "embed_text", texts.ids(scope), weights.all(ClipTensors.TEXT_EMBEDDING));
  }

  /**
   * One block over the tokens of an image.
   *
   * @param first gives the class token alone
   */
  Tensor visionBlock(Scope scope, Weights weights, Tensor x, int layer, boolean first) {
    List<Tensor> parameters = weights.all(ClipTensors.block(ClipTensors.VISION, layer));
    return block(scope, blockArguments(x, parameters, config.vision().tower(), false, first));
  }

  /** One block over all tokens of a text, each seeing what stands before it; the shape stays. */
  Tensor textBlock(Scope scope, Weights weights, Tensor x, int layer) {
    List<Tensor> parameters = weights.all(ClipTensors.block(ClipTensors.TEXT, layer));
    return block(scope, blockArguments(x, parameters, config.text().tower(), true, false));
  }

  private static Tensor block(Scope scope, List<Object> arguments) {
    return KERNELS.tensor(scope, "block", arguments.toArray());
  }

  private static List<Object> blockArguments(
      Tensor x, List<Tensor> parameters, TowerConfig tower, boolean causal, boolean first) {
    boolean quick = tower.activation() == Activation.QUICK_GELU;
    return List.of(x, parameters, tower.heads(), tower.eps(), quick, causal, first);
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
    return prompts.size() <= PROMPTS_AT_ONCE || scope.isRecording()
        ? rows(scope, weights, prompts, classes)
        : rowsInTurn(scope, weights, prompts, classes);
  }

  private Tensor rows(Scope scope, Weights weights, TextBatch prompts, int classes) {
    Tensor features = textFeatures(scope, weights, prompts);
    return KERNELS.tensor(scope, "zero_shot_rows", features, classes);
  }

  private Tensor rowsInTurn(Scope scope, Weights weights, TextBatch prompts, int classes) {
    int each = prompts.size() / classes;
    int together = Math.max(1, PROMPTS_AT_ONCE / each);
    int width = config.projection();
    float[] all = new float[classes * width];
    for (int from = 0; from < classes; from += together) {
      int to = Math.min(from + together, classes);
      try (Scope some = Scope.plain()) {
        TextBatch its = prompts.some(from * each, to * each);
        float[] rows = rows(some, weights, its, to - from).floats();
        System.arraycopy(rows, 0, all, from * width, rows.length);
      }
    }
    return Tensor.of(scope, all, classes, width);
  }

  /** Rows times {@code exp(logit_scale)}: how a classifier head starts (as WiSE-FT does it). */
  public static Tensor scaled(Scope scope, Weights weights, Tensor rows) {
    return KERNELS.tensor(scope, "scaled", rows, weights.get(ClipTensors.LOGIT_SCALE));
  }
}
