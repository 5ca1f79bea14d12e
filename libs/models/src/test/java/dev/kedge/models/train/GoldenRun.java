package dev.kedge.models.train;

import dev.kedge.models.Golden;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One of the golden classifier traces as a run of ours. */
public final class GoldenRun {
  private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] STD = {0.26862954, 0.26130258, 0.27577711};
  private static final int BATCH = 8;
  private static final int EDGE = 32;

  final Golden golden = Golden.of(GoldenRun.class, "classifier");
  final GoldenTrace trace;
  final Clip clip;
  final Weights model;
  final HeadForm form;
  final Weights start;
  private final Weights all;
  private final Scope scope;
  private final List<Protection> protections;
  private final byte[] images;
  private final long[] labels;

  /** Reads a trace's settings, weights and data. */
  public GoldenRun(Scope scope, String name) throws IOException {
    this.scope = scope;
    this.trace = GoldenTrace.open(golden, name);
    this.clip = new Clip(ClipFolder.check(golden.folder().resolve("base")));
    this.model =
        Weights.read(
            scope,
            golden.tensors("base/model.safetensors"),
            ClipTensors.of(clip.config()).keySet());
    this.form = trace.hyper("cosine_head").asBoolean() ? HeadForm.COSINE : HeadForm.LINEAR;
    this.protections = protections();
    Weights head = head(trace.hyper("start").asText());
    List<String> candidates = new ArrayList<>(ClipTensors.vision(clip.config()).keySet());
    candidates.addAll(form.names());
    this.all = model.with(head);
    this.start = all.only(Protection.moved(protections, candidates));
    ByteBuffer bytes = golden.tensors("batches.safetensors").bytes("images_u8");
    this.images = new byte[bytes.remaining()];
    bytes.get(images);
    this.labels = golden.longs("batches.safetensors", "labels");
  }

  private Weights head(String from) throws IOException {
    TensorSource init = golden.tensors("head_init.safetensors");
    if (form == HeadForm.COSINE) {
      Tensor rows = golden.tensor(scope, "head_init.safetensors", "head_unit.weight");
      return new Weights(Map.of(HeadForm.ROWS, rows));
    }
    TensorSource source = from.equals("lp") ? golden.tensors("lp/final.safetensors") : init;
    return Weights.read(scope, source, form.names());
  }

  private List<Protection> protections() throws IOException {
    double lambda = trace.hyper("lambda").asDouble();
    return switch (trace.hyper("method").asText()) {
      case "ft" -> List.of();
      case "lp" -> List.of(new LinearProbe());
      case "l1" -> List.of(new L1(lambda, PenaltyScope.ALL));
      case "l2" -> List.of(new L2(lambda, PenaltyScope.ALL));
      case "ewc" -> List.of(new Ewc(lambda, PenaltyScope.ALL, fisher()));
      case "lora" -> List.of(lora(trace.json().get("trainable").has(HeadForm.ROWS)));
      case "kd_features" -> List.of(new KdFeatures(lambda));
      case "kd_logits" -> List.of(new KdLogits(lambda, trace.hyper("T").asDouble()));
      default -> throw new IllegalArgumentException(trace.hyper("method").asText());
    };
  }

  /** As in the traces, but with another A. */
  static Lora lora(boolean trainHead) {
    LoraTargets targets = new LoraTargets(List.of("q_proj", "v_proj"));
    return new Lora(4, 8, targets, trainHead, false, 3);
  }

  /** Puts the traces' A in place of ours. */
  private void startAdapters(TrainingLoop<?> loop) throws IOException {
    TensorSource a = golden.tensors("lora_A_init.safetensors");
    for (String name : a.specs().keySet()) {
      loop.trained().get(name).set(a.floats(name));
    }
  }

  Weights fisher() throws IOException {
    return Weights.read(scope, fisherTensors());
  }

  /** The golden empirical Fisher information at the trace's start. */
  public TensorSource fisherTensors() throws IOException {
    return Golden.of(Golden.class, "fisher/classifier").tensors("fisher_empirical.safetensors");
  }

  public Clip clip() {
    return clip;
  }

  /** The base's weights. */
  public Weights model() {
    return model;
  }

  /** The base's weights and the head's at the start. */
  public Weights all() {
    return all;
  }

  /** What trains, at its start. */
  public Weights start() {
    return start;
  }

  /** The trace's run, with each batch split into so many micro-batches. */
  TrainingLoop<LabelledBatch> loop(int microBatches) throws IOException {
    TrainingLoop<LabelledBatch> loop = loop(run(microBatches));
    if (trace.hyper("method").asText().equals("lora")) {
      startAdapters(loop);
    }
    return loop;
  }

  private TrainingLoop<LabelledBatch> loop(TrainingRun<LabelledBatch> run) {
    return trace.hyper("optimizer").asText().equals("sgd")
        ? new TrainingLoop<>(run, all, start, (owner, weights) -> new Sgd())
        : new TrainingLoop<>(run, all, start);
  }

  /** The settings of the trace's run. */
  TrainingRun<LabelledBatch> run(int microBatches) {
    return new TrainingRun<>(
        new ImageClassification(clip, form),
        (owner, step) -> batches(owner, step, microBatches),
        protections,
        trace.descent());
  }

  /** The batch of a step, in parts. */
  public List<LabelledBatch> batches(Scope owner, int step, int parts) {
    List<LabelledBatch> batches = new ArrayList<>();
    int size = BATCH / parts;
    for (int part = 0; part < parts; part++) {
      int from = step * BATCH + part * size;
      Tensor pixels = Tensor.of(owner, pixels(from, size), size, 3, EDGE, EDGE);
      batches.add(LabelledBatch.of(owner, pixels, Arrays.copyOfRange(labels, from, from + size)));
    }
    return batches;
  }

  private float[] pixels(int from, int count) {
    int plane = EDGE * EDGE;
    float[] pixels = new float[count * 3 * plane];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (3 * plane);
      int channel = i / plane % 3;
      int byteIndex = ((from + image) * plane + i % plane) * 3 + channel;
      pixels[i] = (float) (((images[byteIndex] & 0xff) / 255.0 - MEAN[channel]) / STD[channel]);
    }
    return pixels;
  }
}
