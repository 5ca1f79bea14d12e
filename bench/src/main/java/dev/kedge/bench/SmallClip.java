package dev.kedge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.LabelledBatch;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A classifier of random weights on a small CLIP, and pictures of noise for it. */
record SmallClip(
    int image, int patch, int width, int depth, int heads, int projection, int classes) {
  ClipConfig config() {
    ObjectNode config = new ObjectMapper().createObjectNode().put("model_type", "clip");
    config.put("projection_dim", projection);
    tower(config.putObject("vision_config"), width, depth, heads)
        .put("image_size", image)
        .put("patch_size", patch);
    tower(config.putObject("text_config"), 32, 1, 1).put("vocab_size", 100);
    return ClipConfig.of(config);
  }

  private static ObjectNode tower(ObjectNode tower, int width, int depth, int heads) {
    return tower
        .put("hidden_size", width)
        .put("intermediate_size", 4 * width)
        .put("num_hidden_layers", depth)
        .put("num_attention_heads", heads);
  }

  /** The model's and a head's. */
  Weights weights(Scope scope) throws IOException {
    ClipConfig config = config();
    Weights model =
        Weights.read(scope, ClipInitialisation.of(config, 0), ClipTensors.of(config).keySet());
    Tensor rows = Tensor.of(scope, Noise.normal(classes * projection, 1), classes, projection);
    return model.with(HeadForm.LINEAR.of(scope, model, rows));
  }

  /** Whether a weight trains in full fine-tuning. */
  static boolean trains(String name) {
    return HeadForm.holds(name) || name.startsWith("vision_model.") || name.startsWith("visual_");
  }

  LabelledBatch noise(Scope scope, int batch) {
    Tensor pixels =
        Tensor.of(scope, Noise.normal(batch * 3 * image * image, 2), batch, 3, image, image);
    return labelled(scope, pixels, batch);
  }

  /** Random labels and no names. */
  LabelledBatch labelled(Scope scope, Tensor inputs, int batch) {
    Tensor labels = Tensor.of(scope, new Random(3).longs(batch, 0, classes).toArray(), batch);
    List<Batch.Sample> samples =
        IntStream.range(0, batch).mapToObj(i -> new Batch.Sample("noise " + i, 1)).toList();
    return new LabelledBatch(inputs, labels, batch, samples);
  }
}
