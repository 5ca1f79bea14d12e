package dev.kedge.training;

import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.train.MemoryNeed;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.NameFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How many samples of a batch are computed at once: as many as memory takes, chosen once for a
 * stage.
 *
 * @param limits what there is of memory
 * @param most samples at once where memory takes more
 * @param mixed names of what two models are mixed in, where ratios train in place of weights
 */
record MicroBatch(
    TrainSpec spec,
    StageContext context,
    MemoryLimits limits,
    int most,
    Optional<NameFilter> mixed) {
  private static final String NAME = "micro_batch";

  /** Of a run that trains weights. */
  MicroBatch(TrainSpec spec, StageContext context, MemoryLimits limits, int most) {
    this(spec, context, limits, most, Optional.empty());
  }

  /** Of a search that runs as full fine-tuning does, but trains no weights. */
  MicroBatch mixing(NameFilter names) {
    return new MicroBatch(spec, context, limits, most, Optional.of(names));
  }

  /** What is held of the model. */
  RunSize run() {
    return new RunSize(spec, mixed);
  }

  /** The same where more than so many samples at once gain nothing. */
  MicroBatch upTo(int enough) {
    return new MicroBatch(spec, context, limits, Math.min(most, enough), mixed);
  }

  /**
   * All pairs of a batch, which are compared with one another.
   *
   * @param captions different ones that there are
   */
  int whole(RunMemory run, ClipConfig model, int captions) {
    int batch = optimisation().getBatchSize();
    requireHeap(run);
    run.contrastive(model, batch, Math.min(batch, captions))
        .requireWithin(limits.compute(), remedies(1));
    return Integer.parseInt(context.fix(NAME, () -> batch));
  }

  /**
   * The choice: the batch, or the largest of its halves that fits.
   *
   * @param need what so many samples at once need
   * @throws IllegalArgumentException with the arithmetic if what was chosen or asked for does not
   *     fit
   */
  int fixed(RunMemory run, IntFunction<MemoryNeed> need) {
    requireHeap(run);
    int size = Integer.parseInt(context.fix(NAME, () -> choose(need)));
    need.apply(size).requireWithin(limits.compute(), remedies(size));
    return size;
  }

  private int choose(IntFunction<MemoryNeed> need) {
    int wanted = optimisation().getMicroBatch();
    int enough = wanted > 0 ? Math.min(wanted, most) : most;
    int size = Math.max(1, Math.min(optimisation().getBatchSize(), enough));
    while (wanted == 0 && size > 1 && !need.apply(size).isWithin(limits.compute())) {
      size = (size + 1) / 2;
    }
    return size;
  }

  private void requireHeap(RunMemory run) {
    if (run.weights().savedBytes() > limits.heap()) {
      throw new IllegalArgumentException(
          "what the run saves of its progress takes %s of the Java heap, which has %s: start Java with a larger -Xmx, or choose lora"
              .formatted(
                  MemoryNeed.size(run.weights().savedBytes()), MemoryNeed.size(limits.heap())));
    }
  }

  private String remedies(int size) {
    List<String> smaller = new ArrayList<>();
    if (size > 1) {
      smaller.add("a smaller micro_batch");
    }
    if (!optimisation().getRecompute()) {
      smaller.add("recompute");
    }
    if (mixed.isEmpty() && optimisation().getPrecision() != Optimisation.Precision.BF16) {
      smaller.add("precision BF16");
    }
    if (mixed.isEmpty() && !spec.getMethod().hasLora()) {
      smaller.add("lora");
    }
    smaller.add("a smaller batch_size");
    return String.join(", ", smaller) + " need less; kedge.training.memory says how much there is";
  }

  private Optimisation optimisation() {
    return spec.getOptimisation();
  }
}
