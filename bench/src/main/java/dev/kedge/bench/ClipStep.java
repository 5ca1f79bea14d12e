package dev.kedge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.HeadClassification;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.Schedule;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The counterpart of {@code bench/yardsticks/clip_step.py}: same sizes, same protocol. */
@Command(name = "clip-step", description = "Fine-tuning steps of a small CLIP with a head.")
public final class ClipStep implements Callable<Integer> {
  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--batch", defaultValue = "64")
  private int batch;

  @Option(names = "--image", defaultValue = "64")
  private int image;

  @Option(names = "--patch", defaultValue = "8")
  private int patch;

  @Option(names = "--width", defaultValue = "192")
  private int width;

  @Option(names = "--depth", defaultValue = "6")
  private int depth;

  @Option(names = "--heads", defaultValue = "3")
  private int heads;

  @Option(names = "--projection", defaultValue = "64")
  private int projection;

  @Option(names = "--classes", defaultValue = "7")
  private int classes;

  @Option(names = "--method", defaultValue = "FULL", description = "${COMPLETION-CANDIDATES}")
  private ProtectedBy method;

  @Option(names = "--bf16", description = "Products in bfloat16, weights in 32 bits.")
  private boolean bf16;

  @Option(names = "--steps", defaultValue = "10", description = "Steps of a round.")
  private int steps;

  /** Runs until {@code quit}. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new ClipStep()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    try (Scope scope = Scope.plain();
        TrainingLoop<LabelledBatch> loop = loop(scope)) {
      new Rounds("seconds_per_step", loop::step, steps).whileAsked();
    }
    return 0;
  }

  private TrainingLoop<LabelledBatch> loop(Scope scope) throws IOException {
    Clip clip = new Clip(config());
    Weights model =
        Weights.read(
            scope, ClipInitialisation.of(clip.config(), 0), ClipTensors.of(clip.config()).keySet());
    Tensor rows = Tensor.of(scope, noise(classes * projection, 1), classes, projection);
    Weights all = model.with(HeadForm.LINEAR.of(scope, model, rows));
    Weights start = all.only(all.names().stream().filter(this::trains).toList());
    return new TrainingLoop<>(run(clip, batch(scope), all, start), all, start);
  }

  private boolean trains(String name) {
    boolean encoder = name.startsWith("vision_model.") || name.startsWith("visual_");
    return HeadForm.holds(name) || (encoder && method != ProtectedBy.LP);
  }

  private TrainingRun<LabelledBatch> run(Clip clip, LabelledBatch batch, Weights all, Weights start)
      throws IOException {
    ImageClassification whole = new ImageClassification(clip, HeadForm.LINEAR);
    Learner<LabelledBatch> learner =
        method == ProtectedBy.LP ? new HeadClassification(HeadForm.LINEAR) : whole;
    TrainingRun<LabelledBatch> run =
        new TrainingRun<>(
            (bf16 ? Precision.BF16 : Precision.F32).of(learner),
            (owner, step) -> List.of(batch),
            method.protections(start),
            new Descent(Schedule.constant(1e-5, 0), 0.1, 1.0));
    return method == ProtectedBy.KD_FEATURES_STORED
        ? run.taughtBy(new OneBatch(batch).teacher(whole, all))
        : run;
  }

  private LabelledBatch batch(Scope scope) {
    Tensor inputs =
        method == ProtectedBy.LP
            ? Tensor.of(scope, noise(batch * projection, 2), batch, projection)
            : Tensor.of(scope, noise(batch * 3 * image * image, 2), batch, 3, image, image);
    Tensor labels = Tensor.of(scope, new Random(3).longs(batch, 0, classes).toArray(), batch);
    List<Batch.Sample> samples =
        IntStream.range(0, batch).mapToObj(i -> new Batch.Sample("noise " + i, 1)).toList();
    return new LabelledBatch(inputs, labels, batch, samples);
  }

  private ClipConfig config() {
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

  private static float[] noise(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
