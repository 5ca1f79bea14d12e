package dev.kedge.models.train;

import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextBatch;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs over the golden classifier's data with any protections together. */
final class Composed {
  private static final LoraTargets QUERIES = new LoraTargets(List.of("q_proj", "v_proj"));

  /** What a composition consists of beside the learner. */
  record Parts(List<Protection> protections, boolean replay, boolean stop, RateFactors factors) {
    Parts(Protection... protections) {
      this(List.of(protections), false, false, RateFactors.NONE);
    }
  }

  final GoldenRun golden;
  final List<String> candidates;

  Composed(Scope scope) throws IOException {
    this.golden = new GoldenRun(scope, "ft");
    this.candidates = new ArrayList<>(ClipTensors.vision(golden.clip().config()).keySet());
    candidates.addAll(HeadForm.LINEAR.names());
  }

  /** Every method and some that compose, by name. */
  Map<String, Parts> all() throws IOException {
    Map<String, Parts> all = new TreeMap<>();
    all.put("full", new Parts());
    all.put("lp", new Parts(new LinearProbe()));
    all.put("l1", new Parts(new L1(1e-3, PenaltyScope.WITHOUT_HEAD)));
    all.put("l2", new Parts(new L2(0.1, PenaltyScope.ALL)));
    all.put("l2_decoupled", new Parts(new L2Decoupled(3, PenaltyScope.ALL)));
    all.put("ewc", new Parts(ewc()));
    all.put("kd_logits", new Parts(new KdLogits(1, 2)));
    all.put("kd_features", new Parts(new KdFeatures(1)));
    all.put("ldifs", new Parts(new Ldifs(0.1)));
    all.put("lora", new Parts(lora()));
    all.put("ema", new Parts(new Ema(0.7)));
    all.put("early_stop", new Parts(List.of(), false, true, RateFactors.NONE));
    all.put("replay", new Parts(List.of(), true, false, RateFactors.NONE));
    all.put("rate_factors", new Parts(List.of(), false, false, layerwise()));
    all.put(
        "penalties",
        new Parts(new L1(1e-3, PenaltyScope.ALL), new L2(0.1, PenaltyScope.ALL), ewc()));
    all.put(
        "lora-l2-kd-ema",
        new Parts(lora(), new L2(0.1, PenaltyScope.ALL), new KdLogits(1, 2), new Ema(0.7)));
    all.put("lora-ldifs", new Parts(lora(), ldifs()));
    all.put("l2_decoupled-ema", new Parts(new L2Decoupled(3, PenaltyScope.ALL), new Ema(0.5)));
    all.put(
        "everything",
        new Parts(List.of(lora(), ewc(), ldifs(), new Ema(0.5)), true, true, layerwise()));
    return all;
  }

  private static Ldifs ldifs() {
    return new Ldifs(0.1);
  }

  private Ewc ewc() throws IOException {
    Weights fisher = golden.fisher();
    return new Ewc(10, PenaltyScope.WITHOUT_HEAD, fisher);
  }

  static Lora lora() {
    return new Lora(4, 8, QUERIES, true, false, 3);
  }

  private static RateFactors layerwise() {
    return new RateFactors(
        List.of(new RateFactors.Factor("*layers.0.*", 0.1), new RateFactors.Factor("head.*", 10)));
  }

  TrainingRun<LabelledBatch> run(Parts parts) {
    Batches<LabelledBatch> whole = (scope, step) -> golden.batches(scope, step % 10, 1);
    Batches<LabelledBatch> task =
        (scope, step) -> golden.batches(scope, step % 10, 2).subList(0, 1);
    Batches<LabelledBatch> rest =
        (scope, step) -> golden.batches(scope, step % 10, 2).subList(1, 2);
    TrainingRun<LabelledBatch> run =
        new TrainingRun<>(
            new ImageClassification(golden.clip(), HeadForm.LINEAR),
            parts.replay ? new Replay<>(task, rest) : whole,
            parts.protections,
            new Descent(Schedule.constant(1e-2, 2), 0.1, 1, parts.factors));
    return parts.stop ? run.stoppingBy(new EarlyStop<>(rest, 2, 1000, 3, 100)) : run;
  }

  TrainingLoop<LabelledBatch> loop(Parts parts) {
    return loop(run(parts));
  }

  TrainingLoop<LabelledBatch> loop(TrainingRun<LabelledBatch> run) {
    List<String> moved = Protection.moved(run.protections(), candidates);
    return new TrainingLoop<>(run, golden.all(), golden.all().only(moved));
  }

  /** Contrastive fine-tuning of both towers by a prompt for each class. */
  TrainingLoop<CaptionedBatch> flyp(Protection... protections) {
    TrainingRun<CaptionedBatch> run =
        new TrainingRun<>(
            new ImageCaptionContrast(golden.clip()),
            this::captioned,
            List.of(protections),
            new Descent(Schedule.constant(1e-2, 2), 0.1, 1));
    List<String> both = List.copyOf(golden.model().names());
    List<String> moved = Protection.moved(run.protections(), both);
    return new TrainingLoop<>(run, golden.model(), golden.model().only(moved));
  }

  private List<CaptionedBatch> captioned(Scope scope, int step) {
    LabelledBatch batch = golden.batches(scope, step % 10, 1).get(0);
    TextConfig text = golden.clip().config().text();
    List<long[]> prompts = new ArrayList<>();
    for (int label = 0; label < 5; label++) {
      prompts.add(new long[] {text.startId(), 4, 5 + label, text.endId()});
    }
    Tensor labels = Tensor.of(scope, batch.labels().longs(), batch.size());
    List<String> names = java.util.Collections.nCopies(batch.size(), "a");
    return List.of(new CaptionedBatch(batch.inputs(), labels, new TextBatch(text, prompts), names));
  }
}
