package dev.kedge.models.train;

import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.language.Decoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run needs of memory, by its task.
 *
 * @param weights what is held of the weights
 * @param precision of the products
 * @param recomputes whether layers are computed again for the way back
 * @param taught whether a teacher's logits are compared with the model's
 */
public record RunMemory(
    HeldWeights weights, Precision precision, boolean recomputes, boolean taught) {
  /** Logits, their logarithms, and the gradients of both. */
  private static final int LOGITS = 4;

  /** What libtorch's threads and kernels take before anything is computed. */
  private static final long ENGINE = 40_000_000;

  /** The share of what comes and goes that lies fragmented between what is in use: measured. */
  private static final int FRAGMENTED = 4;

  /** The teacher's logits, and the logarithms of both under the temperature. */
  private static final int TAUGHT = 3;

  /**
   * Fine-tuning as a classifier.
   *
   * @param batch images of a step
   * @param microBatch images computed at once, of the batch
   */
  public MemoryNeed classification(ClipConfig config, int classes, int batch, int microBatch) {
    List<MemoryNeed.Part> passing = new ArrayList<>();
    addTower(passing, vision(config), microBatch, config.vision().tokens());
    passing.add(pixels(config.vision(), batch));
    passing.add(logits(microBatch, classes));
    return sum(batch, microBatch, passing);
  }

  /**
   * Training of both towers; a batch is computed at once.
   *
   * @param batch images of a step
   * @param captions different ones of a step, at most
   */
  public MemoryNeed contrastive(ClipConfig config, int batch, int captions) {
    TextConfig text = config.text();
    List<MemoryNeed.Part> passing = new ArrayList<>();
    addTower(passing, vision(config), batch, config.vision().tokens());
    addTower(passing, KeptLayers.of(text.tower(), precision, recomputes), captions, text.context());
    passing.add(pixels(config.vision(), batch));
    passing.add(logits(batch, captions));
    return sum(batch, batch, passing);
  }

  /**
   * Training of a language model.
   *
   * @param batch sequences of a step
   * @param microBatch sequences computed at once, of the batch
   * @param tokens of the longest sequence
   * @param rows scored tokens of a sequence, at most
   */
  public MemoryNeed language(Decoder decoder, int batch, int microBatch, int tokens, int rows) {
    List<MemoryNeed.Part> passing = new ArrayList<>();
    addTower(passing, KeptLayers.of(decoder, precision, recomputes), microBatch, tokens);
    passing.add(logits((long) microBatch * rows, decoder.vocabulary()));
    return sum(batch, microBatch, passing);
  }

  private MemoryNeed sum(int batch, int microBatch, List<MemoryNeed.Part> passing) {
    int parts = (batch + microBatch - 1) / microBatch;
    List<MemoryNeed.Part> all = new ArrayList<>(weights.parts(parts, precision));
    all.addAll(passing);
    long moving = passing.stream().mapToLong(MemoryNeed.Part::bytes).sum();
    all.add(
        new MemoryNeed.Part("what libtorch and the allocator keep", ENGINE + moving / FRAGMENTED));
    return new MemoryNeed(all);
  }

  private KeptLayers vision(ClipConfig config) {
    return KeptLayers.of(config.vision().tower(), precision, recomputes);
  }

  private static void addTower(
      List<MemoryNeed.Part> parts, KeptLayers layers, int sequences, int tokens) {
    parts.add(layers.part(sequences, tokens));
    parts.add(layers.backPart(sequences, tokens));
  }

  private static MemoryNeed.Part pixels(VisionConfig vision, int batch) {
    long image = (long) vision.channels() * vision.imageSize() * vision.imageSize() * Float.BYTES;
    return new MemoryNeed.Part("pixels of %d images".formatted(batch), batch * image);
  }

  private MemoryNeed.Part logits(long rows, int answers) {
    int times = taught ? LOGITS + TAUGHT : LOGITS;
    return new MemoryNeed.Part(
        "logits (%d times %d rows of %d)".formatted(times, rows, answers),
        times * rows * answers * Float.BYTES);
  }
}
