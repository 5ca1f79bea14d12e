package dev.kedge.models.score;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadForm;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A CLIP with a head, loaded to classify images. Weights come from any source: a checkpoint, or a
 * recipe applied while it is read; nothing is written. The text tower is not kept. Used by one
 * thread at a time.
 */
public final class Classifier implements AutoCloseable {
  private final Scope scope;
  private final Clip clip;
  private final HeadForm form;
  private final Weights weights;

  private Classifier(Scope scope, Clip clip, HeadForm form, Weights weights) {
    this.scope = scope;
    this.clip = clip;
    this.form = form;
    this.weights = weights;
  }

  /**
   * A model with the head that was trained with it.
   *
   * @param source the image side, the logit scale and the head's tensors
   */
  public static Classifier trained(ClipConfig config, TensorSource source, HeadForm form)
      throws IOException {
    List<String> names = imageNames(config);
    names.addAll(form.names());
    Scope scope = Scope.plain();
    return new Classifier(scope, new Clip(config), form, Weights.read(scope, source, names));
  }

  /**
   * A model without a head, which {@link #withZeroShotHead} gives it.
   *
   * @param source the image side and the logit scale
   */
  public static Classifier headless(ClipConfig config, TensorSource source) throws IOException {
    Scope scope = Scope.plain();
    Weights images = Weights.read(scope, source, imageNames(config));
    return new Classifier(scope, new Clip(config), HeadForm.LINEAR, images);
  }

  /**
   * A model with the zero-shot head of given prompts.
   *
   * @param source all tensors of the CLIP
   * @param prompts token ids: all templates of the first class, then of the second, and so on
   */
  public static Classifier zeroShot(
      ClipConfig config, TensorSource source, List<long[]> prompts, int classes)
      throws IOException {
    Classifier images = headless(config, source);
    Weights head = zeroShotHead(images.scope, images.clip, source, prompts, classes);
    return new Classifier(images.scope, images.clip, HeadForm.LINEAR, images.weights.with(head));
  }

  /**
   * The same image side with the zero-shot head of given prompts, as {@link #zeroShot}. It needs
   * this one, which owns the image side, to stay open.
   */
  public Classifier withZeroShotHead(TensorSource source, List<long[]> prompts, int classes)
      throws IOException {
    Scope own = Scope.plain();
    Weights head = zeroShotHead(own, clip, source, prompts, classes);
    return new Classifier(own, clip, HeadForm.LINEAR, weights.with(head));
  }

  private static List<String> imageNames(ClipConfig config) {
    List<String> names = new ArrayList<>(ClipTensors.vision(config).keySet());
    names.add(ClipTensors.LOGIT_SCALE);
    return names;
  }

  private static Weights zeroShotHead(
      Scope scope, Clip clip, TensorSource source, List<long[]> prompts, int classes)
      throws IOException {
    ClipConfig config = clip.config();
    try (Scope texts = Scope.plain()) {
      List<String> names = new ArrayList<>(ClipTensors.text(config).keySet());
      names.add(ClipTensors.LOGIT_SCALE);
      Weights weights = Weights.read(texts, source, names);
      TextBatch batch = new TextBatch(config.text(), prompts);
      Tensor rows = clip.zeroShotRows(texts, weights, batch, classes);
      Weights head = HeadForm.LINEAR.of(texts, weights, rows);
      head.all().forEach(tensor -> scope.take(tensor, texts));
      return head;
    }
  }

  /**
   * Logits of preprocessed images.
   *
   * @param pixels row-major {@code [images, channels, height, width]}
   * @return {@code [images][classes]}
   */
  public float[][] logits(float[] pixels, int images) {
    try (Scope batch = Scope.plain()) {
      int size = clip.config().vision().imageSize();
      int channels = clip.config().vision().channels();
      Tensor input = Tensor.of(batch, pixels, images, channels, size, size);
      Tensor features = clip.imageFeatures(batch, weights, input);
      return form.logits(batch, weights, features).rows();
    }
  }

  @Override
  public void close() {
    scope.close();
  }
}
