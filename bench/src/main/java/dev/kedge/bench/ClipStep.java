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
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.Schedule;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
      time(loop, 3);
      System.out.println("{\"ready\": true, \"java\": \"" + Runtime.version() + "\"}");
      var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = commands.readLine(); !"quit".equals(line); line = commands.readLine()) {
        System.out.printf(
            "{\"seconds_per_step\": %.6f, \"rss_mb\": %.1f}%n", time(loop, steps), peakRss());
      }
    }
    return 0;
  }

  private static double time(TrainingLoop<LabelledBatch> loop, int steps) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      loop.step();
    }
    return (System.nanoTime() - start) / 1e9 / steps;
  }

  private TrainingLoop<LabelledBatch> loop(Scope scope) throws IOException {
    Clip clip = new Clip(config());
    Weights model =
        Weights.read(
            scope, ClipInitialisation.of(clip.config(), 0), ClipTensors.of(clip.config()).keySet());
    Tensor rows = Tensor.of(scope, noise(classes * projection, 1), classes, projection);
    Weights all = model.with(HeadForm.LINEAR.of(scope, model, rows));
    Weights start = all.only(all.names().stream().filter(ClipStep::trains).toList());
    return new TrainingLoop<>(run(clip, batches(scope)), model, start);
  }

  private static boolean trains(String name) {
    return HeadForm.holds(name) || name.startsWith("vision_model.") || name.startsWith("visual_");
  }

  private static TrainingRun<LabelledBatch> run(Clip clip, Batches<LabelledBatch> batches) {
    return new TrainingRun<>(
        new ImageClassification(clip, HeadForm.LINEAR),
        batches,
        List.of(),
        new Descent(Schedule.constant(1e-5, 0), 0.1, 1.0));
  }

  private Batches<LabelledBatch> batches(Scope scope) {
    Tensor pixels = Tensor.of(scope, noise(batch * 3 * image * image, 2), batch, 3, image, image);
    long[] labels = new Random(3).longs(batch, 0, classes).toArray();
    List<LabelledBatch> one = List.of(LabelledBatch.of(scope, pixels, labels));
    return (owner, step) -> one;
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

  /** The process's highest resident memory so far, in MB, as the kernel counts it. */
  private static double peakRss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("the kernel does not say how much memory this process uses");
  }
}
