package dev.kedge.models.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.Golden;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.language.LanguageWeights;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** One of the golden language model traces as a run of ours. */
public final class GoldenLanguageRun {
  final GoldenTrace trace;
  private final Golden golden = Golden.of(GoldenLanguageRun.class, "lm");
  private final Scope scope;
  private final LanguageModel model;
  private final Weights weights;
  private final List<JsonNode> records = new ArrayList<>();

  /** Reads a trace's settings, weights and data. */
  public GoldenLanguageRun(Scope scope, String name) throws IOException {
    this.scope = scope;
    this.trace = GoldenTrace.open(golden, name);
    LanguageConfig base = LanguageFolder.check(golden.folder().resolve("base"));
    boolean untied = trace.hyper("untied_lm_head").asBoolean();
    LanguageConfig config = untied ? base.untied() : base;
    this.model = new LanguageModel(config);
    this.weights = LanguageWeights.read(scope, config, start());
    for (String line : Files.readAllLines(golden.folder().resolve("train.jsonl"))) {
      records.add(new ObjectMapper().readTree(line));
    }
  }

  private TensorSource start() throws IOException {
    TensorSource base = golden.tensors("base/model.safetensors");
    if (!trace.hyper("start").asText().equals("lp")) {
      return base;
    }
    MemoryTensors probed = new MemoryTensors();
    TensorSource head = golden.tensors("lp/final.safetensors");
    base.specs().values().forEach(spec -> put(probed, base, spec));
    head.specs().values().forEach(spec -> put(probed, head, spec));
    return probed;
  }

  private static void put(MemoryTensors to, TensorSource from, TensorSpec spec) {
    try {
      to.put(spec, from.bytes(spec.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LanguageModel model() {
    return model;
  }

  public Weights weights() {
    return weights;
  }

  /** The sequences of a step. */
  public List<AnswerSequence> sequences(int step) {
    return records.stream()
        .filter(record -> record.get("step").asInt() == step)
        .map(
            record ->
                AnswerSequence.of(
                    record.get("index").asText(),
                    ids(record.get("prompt_ids")),
                    ids(record.get("answer_ids")),
                    model.config().decoder().context()))
        .toList();
  }

  private static long[] ids(JsonNode array) {
    long[] ids = new long[array.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = array.get(i).asLong();
    }
    return ids;
  }

  /** The batch of a step, in parts of so many sequences. */
  private List<LanguageBatch> batches(int step, int part) {
    List<AnswerSequence> all = sequences(step);
    List<LanguageBatch> batches = new ArrayList<>();
    int to;
    for (int from = 0; from < all.size(); from = to) {
      to = from + Math.min(part, all.size() - from);
      List<AnswerSequence> some = all.subList(from, to);
      List<String> names = some.stream().map(any -> "record").toList();
      batches.add(new LanguageBatch(TokenBatch.of(some), names));
    }
    return batches;
  }

  private List<Protection> protections() throws IOException {
    double lambda = trace.hyper("lambda").asDouble();
    return switch (trace.hyper("method").asText()) {
      case "ft" -> List.of();
      case "lp" -> List.of(new LinearProbe());
      case "l1" -> List.of(new L1(lambda, PenaltyScope.ALL));
      case "l2" -> List.of(new L2(lambda, PenaltyScope.ALL));
      case "ewc" -> List.of(new Ewc(lambda, PenaltyScope.ALL, fisher()));
      case "lora" ->
          List.of(new Lora(4, 8, new LoraTargets(List.of("q_proj", "v_proj")), false, false, 3));
      case "kd_features" -> List.of(new KdFeatures(lambda));
      case "kd_logits" -> List.of(new KdLogits(lambda, trace.hyper("T").asDouble()));
      default -> throw new IllegalArgumentException(trace.hyper("method").asText());
    };
  }

  private Weights fisher() throws IOException {
    return Weights.read(
        scope, Golden.of(Golden.class, "fisher/lm").tensors("fisher_empirical.safetensors"));
  }

  /** The trace's run, each batch in parts of so many sequences. */
  TrainingLoop<LanguageBatch> loop(int part) throws IOException {
    return loop(part, new LanguageAnswers(model));
  }

  /** The trace's run of another learner. */
  TrainingLoop<LanguageBatch> loop(int part, Learner<LanguageBatch> learner) throws IOException {
    TrainingRun<LanguageBatch> run =
        new TrainingRun<>(
            learner, (owner, step) -> batches(step, part), protections(), trace.descent());
    List<String> candidates = List.copyOf(LanguageTensors.of(model.config()).keySet());
    Weights start = weights.only(Protection.moved(run.protections(), candidates));
    TrainingLoop<LanguageBatch> loop =
        trace.hyper("optimizer").asText().equals("sgd")
            ? new TrainingLoop<>(run, weights, start, (owner, trained) -> new Sgd())
            : new TrainingLoop<>(run, weights, start);
    if (trace.hyper("method").asText().equals("lora")) {
      startAdapters(loop);
    }
    return loop;
  }

  /** Puts the traces' A in place of ours. */
  private void startAdapters(TrainingLoop<?> loop) throws IOException {
    TensorSource a = golden.tensors("lora_A_init.safetensors");
    for (String name : a.specs().keySet()) {
      loop.trained().get(name).set(a.floats(name));
    }
  }

  /** The first batch's logits under the loop's weights. */
  float[] firstLogits(TrainingLoop<?> loop) {
    try (Scope now = Scope.plain()) {
      LanguageBatch batch = batches(0, Integer.MAX_VALUE).get(0);
      return new LanguageAnswers(model)
          .outputs(now, weights.with(loop.moved()), batch)
          .predictions()
          .logits(now)
          .floats();
    }
  }
}
