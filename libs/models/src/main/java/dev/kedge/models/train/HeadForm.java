package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a classifier's logits come from image features. */
public enum HeadForm {
  /**
   * {@code f/|f| · Wᵀ + b}: rows are scaled by exp(logit_scale) when the head is made and train
   * freely, as in WiSE-FT.
   */
  LINEAR {
    @Override
    public List<String> names() {
      return List.of(ROWS, BIAS);
    }

    @Override
    public String formula() {
      return "logits = f/|f| . head.weight^T + head.bias";
    }

    @Override
    public Tensor logits(Scope scope, Weights weights, Tensor features) {
      return TrainingKernels.KERNELS.tensor(
          scope, "linear_logits", features, weights.get(ROWS), weights.get(BIAS));
    }

    @Override
    Tensor rows(Scope scope, Weights weights, Tensor unitRows) {
      return Clip.scaled(scope, weights, unitRows);
    }
  },
  /** {@code exp(logit_scale) · f/|f| · (w/|w|)ᵀ}: rows stay directions, the scale outside. */
  COSINE {
    @Override
    public List<String> names() {
      return List.of(ROWS);
    }

    @Override
    public String formula() {
      return "logits = exp(logit_scale) . f/|f| . (head.weight/|head.weight|)^T";
    }

    @Override
    public Tensor logits(Scope scope, Weights weights, Tensor features) {
      return TrainingKernels.KERNELS.tensor(
          scope,
          "cosine_logits",
          features,
          weights.get(ROWS),
          weights.get(ClipTensors.LOGIT_SCALE));
    }

    @Override
    Tensor rows(Scope scope, Weights weights, Tensor unitRows) {
      return unitRows;
    }
  };

  /** Name of the rows: {@code [classes, projection]}. */
  public static final String ROWS = "head.weight";

  /** Name of the bias: {@code [classes]}. */
  public static final String BIAS = "head.bias";

  /** Names of the head's tensors. */
  public abstract List<String> names();

  /** The logits in words for whoever reads a checkpoint; f is the image feature. */
  public abstract String formula();

  /** Whether a tensor belongs to a head, of a classifier or (untied) of a language model. */
  public static boolean holds(String name) {
    return name.startsWith("head.") || isOfModel(name);
  }

  /** Whether it belongs to the head that a language model itself has. */
  static boolean isOfModel(String name) {
    return name.startsWith("lm_head.");
  }

  /**
   * Logits of image features.
   *
   * @param features {@code [batch, projection]}, not normalised
   * @return {@code [batch, classes]}
   */
  public abstract Tensor logits(Scope scope, Weights weights, Tensor features);

  abstract Tensor rows(Scope scope, Weights weights, Tensor unitRows);

  /**
   * The head that equals the zero-shot classifier.
   *
   * @param weights the model's, with its logit scale
   * @param unitRows {@code [classes, projection]}
   */
  public Weights of(Scope scope, Weights weights, Tensor unitRows) {
    long classes = unitRows.shape()[0];
    Map<String, Tensor> head = new LinkedHashMap<>();
    head.put(ROWS, rows(scope, weights, unitRows));
    if (names().contains(BIAS)) {
      head.put(BIAS, Tensor.of(scope, new float[Math.toIntExact(classes)], classes));
    }
    return new Weights(head);
  }
}
