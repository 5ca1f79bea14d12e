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
  private final Scope scope = Scope.plain();
  private final Clip clip;
  private final HeadForm form;
  private final Weights weights;

  private Classifier(ClipConfig config, TensorSource source, HeadForm form, List<String> names)
      throws IOException {
    this.clip = new Clip(config);
    this.form = form;
    this.weights = Weights.read(scope, source, names);
  }

  private Classifier(ClipConfig config, TensorSource source, List<long[]> prompts, int classes)
      throws IOException {
    this.clip = new Clip(config);
    this.form = HeadForm.LINEAR;
    this.weights = imageWeights(source).with(zeroShotHead(source, prompts, classes));
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
    return new Classifier(config, source, form, names);
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
    return new Classifier(config, source, prompts, classes);
  }

  private Weights imageWeights(TensorSource source) throws IOException {
    return Weights.read(scope, source, imageNames(clip.config()));
  }

  private static List<String> imageNames(ClipConfig config) {
    List<String> names = new ArrayList<>(ClipTensors.vision(config).keySet());
    names.add(ClipTensors.LOGIT_SCALE);
    return names;
  }

  private Weights zeroShotHead(TensorSource source, List<long[]> prompts, int classes)
      throws IOException {
    ClipConfig config = clip.config();
    try (Scope texts = Scope.plain()) {
      List<String> names = new ArrayList<>(ClipTensors.text(config).keySet());
      names.add(ClipTensors.LOGIT_SCALE);
      Weights weights = Weights.read(texts, source, names);
      TextBatch batch = new TextBatch(config.text(), prompts);
      Tensor rows = clip.zeroShotRows(texts, weights, batch, classes);
      Weights head = form.of(texts, weights, rows);
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
