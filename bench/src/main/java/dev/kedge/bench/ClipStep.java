package dev.kedge.bench;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
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
import java.util.concurrent.Callable;
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
    SmallClip small = new SmallClip(image, patch, width, depth, heads, projection, classes);
    Weights all = small.weights(scope);
    Weights start = all.only(all.names().stream().filter(this::trains).toList());
    Clip clip = new Clip(small.config());
    return new TrainingLoop<>(run(clip, batch(scope, small), all, start), all, start);
  }

  private boolean trains(String name) {
    return method == ProtectedBy.LP ? HeadForm.holds(name) : SmallClip.trains(name);
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

  private LabelledBatch batch(Scope scope, SmallClip small) {
    if (method != ProtectedBy.LP) {
      return small.noise(scope, batch);
    }
    Tensor features = Tensor.of(scope, Noise.normal(batch * projection, 2), batch, projection);
    return small.labelled(scope, features, batch);
  }
}
