package dev.kedge.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageInitialisation;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.Descent;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.HeldWeights;
import dev.kedge.models.train.ImageClassification;
import dev.kedge.models.train.LabelledBatch;
import dev.kedge.models.train.LanguageAnswers;
import dev.kedge.models.train.LanguageBatch;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.Lora;
import dev.kedge.models.train.LoraTargets;
import dev.kedge.models.train.MemoryNeed;
import dev.kedge.models.train.Precision;
import dev.kedge.models.train.Protection;
import dev.kedge.models.train.RunMemory;
import dev.kedge.models.train.Schedule;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a run is thought to need of memory against what its process takes: a row of a table. */
@Command(name = "memory-peak", description = "Estimated against measured memory of three steps.")
public final class MemoryPeak implements Callable<Integer> {
  private static final int STEPS = 3;

  private enum Model {
    CLIP,
    OPT,
    LLAMA
  }

  @Option(names = "--model", defaultValue = "CLIP", description = "${COMPLETION-CANDIDATES}")
  private Model model;

  @Option(names = "--width", defaultValue = "384")
  private int width;

  @Option(names = "--depth", defaultValue = "8")
  private int depth;

  @Option(names = "--tokens", defaultValue = "128", description = "Of a text's sequence.")
  private int tokens;

  @Option(names = "--image", defaultValue = "224", description = "Side of an image.")
  private int image;

  @Option(names = "--vocabulary", defaultValue = "8192", description = "Or classes.")
  private int vocabulary;

  @Option(names = "--batch", defaultValue = "32")
  private int batch;

  @Option(names = "--micro", defaultValue = "32", description = "Micro-batch.")
  private int micro;

  @Option(names = "--recompute")
  private boolean recompute;

  @Option(names = "--lora", description = "Adapters of rank 8 on queries and values.")
  private boolean lora;

  @Option(names = "--bf16")
  private boolean bf16;

  @Option(names = "--threads", defaultValue = "2")
  private int threads;

  @Option(names = "--arithmetic", description = "Prints the sum, too.")
  private boolean arithmetic;

  /** Prints one row. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MemoryPeak()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    ComputeThreads.use(threads);
    long before = ProcessMemory.now();
    try (Scope scope = Scope.plain()) {
      MemoryNeed need = model == Model.CLIP ? clip(scope) : language(scope);
      long peak = ProcessMemory.peak() - before;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.0f | %.0f | %.2f |%n",
          name(),
          need.bytes() / 1e6,
          peak / 1e6,
          (double) need.bytes() / peak);
      if (arithmetic) {
        System.out.println(need.arithmetic());
      }
    }
    return 0;
  }

  private String name() {
    String size = model == Model.CLIP ? image + " px" : tokens + " tokens";
    return model
        + ", width "
        + width
        + ", depth "
        + depth
        + ", "
        + size
        + ", "
        + vocabulary
        + " answers, batch "
        + batch
        + (micro < batch ? " by " + micro : "")
        + (recompute ? ", recompute" : "")
        + (lora ? ", lora" : "")
        + (bf16 ? ", bf16" : "");
  }

  private Precision precision() {
    return bf16 ? Precision.BF16 : Precision.F32;
  }

  private Optional<Lora> adapters() {
    LoraTargets targets = new LoraTargets(List.of("q_proj", "v_proj"));
    return lora ? Optional.of(new Lora(8, 16, targets, false, false, 0)) : Optional.empty();
  }

  private MemoryNeed clip(Scope scope) throws IOException {
    ClipConfig config = clipConfig();
    Weights read = weights(scope, ClipInitialisation.of(config, 0), ClipTensors.of(config));
    Tensor rows = Tensor.of(scope, noise(vocabulary * 256), vocabulary, 256);
    Weights all = read.with(HeadForm.LINEAR.of(scope, read, rows));
    List<String> trainable = new ArrayList<>(ClipTensors.vision(config).keySet());
    trainable.addAll(HeadForm.LINEAR.names());
    Batches<LabelledBatch> batches = (owner, step) -> parts(size -> images(owner, size));
    Learner<LabelledBatch> learner =
        new ImageClassification(new Clip(config, recompute), HeadForm.LINEAR);
    train(learner, batches, all, trainable);
    return memory(all, trainable).classification(config, vocabulary, batch, Math.min(batch, micro));
  }

  private LabelledBatch images(Scope scope, int size) {
    Tensor pixels = Tensor.of(scope, new float[size * 3 * image * image], size, 3, image, image);
    return LabelledBatch.of(scope, pixels, new Random(3).longs(size, 0, vocabulary).toArray());
  }

  private MemoryNeed language(Scope scope) throws IOException {
    LanguageConfig config = LanguageConfig.of(languageConfig());
    Map<String, long[]> shapes = LanguageTensors.of(config);
    Weights all = weights(scope, LanguageInitialisation.of(config, 0), shapes);
    List<String> trainable = List.copyOf(shapes.keySet());
    Batches<LanguageBatch> batches = (owner, step) -> parts(this::sequences);
    Learner<LanguageBatch> learner = new LanguageAnswers(new LanguageModel(config, 0, recompute));
    train(learner, batches, all, trainable);
    return memory(all, trainable)
        .language(config.decoder(), batch, Math.min(batch, micro), tokens, tokens - 1);
  }

  private LanguageBatch sequences(int size) {
    Random random = new Random(1);
    TokenBatch sequences =
        TokenBatch.of(
            Stream.generate(() -> random.longs(tokens, 4, vocabulary).toArray())
                .limit(size)
                .map(ids -> new AnswerSequence(ids, tokens - 1))
                .toList());
    return new LanguageBatch(sequences, Collections.nCopies(size, "noise"));
  }

  private <B extends Batch> List<B> parts(IntFunction<B> ofSize) {
    List<B> parts = new ArrayList<>();
    for (int from = 0; from < batch; from += micro) {
      parts.add(ofSize.apply(Math.min(micro, batch - from)));
    }
    return parts;
  }

  private <B extends Batch> void train(
      Learner<B> learner, Batches<B> batches, Weights all, List<String> trainable) {
    List<Protection> protections = adapters().<Protection>map(x -> x).stream().toList();
    TrainingRun<B> run =
        new TrainingRun<>(
            precision().of(learner),
            batches,
            protections,
            new Descent(Schedule.constant(1e-5, 0), 0.1, 1.0));
    Weights start = all.only(Protection.moved(protections, trainable));
    try (TrainingLoop<B> loop = new TrainingLoop<>(run, all, start)) {
      for (int step = 0; step < STEPS; step++) {
        loop.step();
      }
    }
  }

  private RunMemory memory(Weights all, List<String> trainable) {
    Map<String, long[]> shapes =
        all.names().stream().collect(Collectors.toMap(name -> name, name -> all.get(name).shape()));
    List<String> moved = adapters().map(one -> one.moved(trainable)).orElse(trainable);
    HeldWeights held = HeldWeights.of(shapes, moved, adapters(), 0);
    return new RunMemory(held, precision(), recompute, false);
  }

  private static Weights weights(Scope scope, TensorSource source, Map<String, long[]> shapes)
      throws IOException {
    return Weights.read(scope, source, shapes.keySet());
  }

  private ClipConfig clipConfig() {
    ObjectNode config = new ObjectMapper().createObjectNode().put("model_type", "clip");
    config.put("projection_dim", 256);
    tower(config.putObject("vision_config"), width, depth)
        .put("image_size", image)
        .put("patch_size", 16);
    tower(config.putObject("text_config"), 64, 1).put("vocab_size", 1000);
    return ClipConfig.of(config);
  }

  private static ObjectNode tower(ObjectNode tower, int width, int depth) {
    return tower
        .put("hidden_size", width)
        .put("intermediate_size", 4 * width)
        .put("num_hidden_layers", depth)
        .put("num_attention_heads", width / 64);
  }

  private ObjectNode languageConfig() {
    ObjectNode config = tower(new ObjectMapper().createObjectNode(), width, depth);
    config.put("vocab_size", vocabulary).put("max_position_embeddings", tokens);
    return model == Model.OPT
        ? config
            .put("model_type", "opt")
            .put("word_embed_proj_dim", width)
            .put("ffn_dim", 4 * width)
            .put("activation_function", "relu")
            .put("do_layer_norm_before", true)
        : config
            .put("model_type", "llama")
            .put("num_key_value_heads", width / 128)
            .put("hidden_act", "silu")
            .put("rms_norm_eps", 1e-5);
  }

  private static float[] noise(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
