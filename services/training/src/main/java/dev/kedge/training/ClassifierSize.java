package dev.kedge.training;

import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.RunMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training of a CLIP on images holds.
 *
 * @param config the model
 * @param form of the head
 * @param classes the head's
 */
record ClassifierSize(ClipConfig config, HeadForm form, int classes) {
  /** Names of all that may train: the image tower and the head. */
  List<String> trainable() {
    List<String> trainable = new ArrayList<>(ClipTensors.vision(config).keySet());
    trainable.addAll(form.names());
    return trainable;
  }

  /** All tensors with their shapes; of the head's, which are small, at most. */
  private Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>(ClipTensors.of(config));
    form.names().forEach(name -> shapes.put(name, new long[] {classes, config.projection()}));
    return shapes;
  }

  /** A classifier's run. */
  RunMemory classifier(RunSize run) {
    return run.of(shapes(), trainable(), false);
  }

  /** A run of both towers. */
  RunMemory contrastive(RunSize run) {
    return run.of(shapes(), List.copyOf(ClipTensors.of(config).keySet()), false);
  }
}
