package dev.kedge.models.language;

import dev.kedge.models.torch.Kernels;
import dev.kedge.models.torch.Recomputation;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder language model's computations over given weights.
 *
 * <p>An object holds the architecture only; weights are arguments, so that one serves a model, its
 * fine-tuned versions and every average of them.
 */
public final class LanguageModel {
  static final Kernels KERNELS = Kernels.load(LanguageModel.class, "language.torchscript");

  /** Most logits held at once while likelihoods are computed: 64 MiB. */
  private static final int LOGITS = 1 << 24;

  /** Logits held at once while a loss is learnt from, so that they stay in a processor's cache. */
  private static final int LEARNT_LOGITS = 1 << 20;

  /** Rows whose products with the head are worth their call, however large the vocabulary. */
  private static final int LEAST_ROWS = 256;

  private final LanguageConfig config;
  private final double dropout;
  private final boolean recomputes;

  /** A model without dropout that keeps what it computes for the way back. */
  public LanguageModel(LanguageConfig config) {
    this(config, 0, false);
  }

  /**
   * A model that learns.
   *
   * @param dropout share of what a layer adds that is set to 0 in recorded calls, in [0, 1)
   * @param recomputes whether a layer is computed again for the way back, which saves memory
   */
  public LanguageModel(LanguageConfig config, double dropout, boolean recomputes) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), not " + dropout);
    }
    this.config = config;
    this.dropout = dropout;
    this.recomputes = recomputes;
  }

  public LanguageConfig config() {
    return config;
  }

  /**
   * The states that predict a batch's answers: what transformers calls the last hidden state.
   *
   * @return {@code [scored rows, width]}
   */
  public Tensor states(Scope scope, Weights weights, TokenBatch batch) {
    return layeredStates(scope, weights, batch).last();
  }

  /** As {@link #states}, with the states after each layer. */
  public LanguageStates layeredStates(Scope scope, Weights weights, TokenBatch batch) {
    batch.requireKnown(config.decoder().vocabulary());
    Dropout drawn = scope.isRecording() ? new Dropout(dropout, batch.noise()) : Dropout.NONE;
    Pass pass = new Pass(scope, config, weights, batch.layout(scope), drawn);
    Tensor rows = batch.predictsEverywhere() ? pass.all() : batch.rows(scope);
    Tensor x = pass.embed(batch.ids(scope)).get(0);
    List<Tensor> layers = new ArrayList<>();
    int last = config.decoder().layers() - 1;
    for (int layer = 0; layer < last; layer++) {
      x = layer(scope, pass, x, layer, pass.all());
      layers.add(flat(scope, KERNELS.tensor(scope, "chosen", x, rows)));
    }
    layers.add(flat(scope, layer(scope, pass, x, last, rows)));
    return new LanguageStates(pass.finish(layers.get(last)).get(0), layers);
  }

  private static Tensor flat(Scope scope, Tensor x) {
    return KERNELS.tensor(scope, "flat", x);
  }

  private Tensor layer(Scope scope, Pass pass, Tensor x, int layer, Tensor rows) {
    Recomputation.Segment whole = (owner, y) -> pass.layer(owner, y, layer, rows);
    return recomputes ? Recomputation.of(scope, x, whole) : whole.apply(scope, x);
  }

  /**
   * As {@link #states}, keeping what goes into and comes out of every part that has weights. All
   * tokens pass all layers, so that the batch's first dimension stays that of its sequences.
   */
  public LanguageTrace trace(Scope scope, Weights weights, TokenBatch batch) {
    batch.requireKnown(config.decoder().vocabulary());
    Pass pass = new Pass(scope, config, weights, batch.layout(scope), Dropout.NONE);
    List<Tensor> embedded = pass.embed(batch.ids(scope));
    List<LanguageTrace.Part> parts = new ArrayList<>();
    parts.add(new LanguageTrace.Part(LanguageTrace.Kind.MAP, embedded.get(1), embedded.get(2)));
    Tensor x = embedded.get(0);
    for (int layer = 0; layer < config.decoder().layers(); layer++) {
      x = pass.tracedLayer(x, layer, parts);
    }
    List<Tensor> end = pass.finish(x);
    LanguageTrace.Kind norm = LanguageTrace.Kind.norm(config.decoder());
    parts.add(new LanguageTrace.Part(norm, x, end.get(1)));
    parts.add(new LanguageTrace.Part(LanguageTrace.Kind.MAP, end.get(1), end.get(0)));
    Tensor states = KERNELS.tensor(scope, "chosen", end.get(0), batch.rows(scope));
    return new LanguageTrace(states, embedded.get(1), embedded.get(0), parts);
  }

  /**
   * Weight and bias of each part of a {@link LanguageTrace}, in its order; a tensor without
   * elements where the model has none. Those stored fused or transposed are views: what is added to
   * a view is added to the tensor.
   *
   * @param weights the model's, or others of their names and shapes
   */
  public List<Tensor> partParameters(Scope scope, Weights weights) {
    Parameters parameters = new Parameters(scope, config, weights);
    List<Tensor> all = new ArrayList<>(List.of(parameters.start().get(2), parameters.none()));
    for (int layer = 0; layer < config.decoder().layers(); layer++) {
      all.addAll(parameters.layer(scope, layer));
    }
    all.addAll(parameters.end());
    all.add(parameters.none());
    return all;
  }

  /**
   * What states say of the next token.
   *
   * @param states {@code [rows, width]}
   * @return {@code [rows, vocabulary]}
   */
  public Tensor logits(Scope scope, Weights weights, Tensor states) {
    return KERNELS.tensor(scope, "logits", states, head(weights), product(weights));
  }

  /**
   * The probability of each row's target; as many logits are held at once as a fixed share of
   * memory takes.
   *
   * @param states {@code [rows, width]}
   * @param targets {@code [rows]}
   * @return {@code [rows]}, natural logarithms
   */
  public Tensor logLikelihoods(Scope scope, Weights weights, Tensor states, Tensor targets) {
    int most = Math.max(1, LOGITS / config.decoder().vocabulary());
    return KERNELS.tensor(
        scope, "log_likelihoods", states, head(weights), product(weights), targets, most);
  }

  /**
   * The mean of −log p(target). Logits are never held as a whole, neither here nor on the way back,
   * which is found at once: a recorded result may be differentiated for the states and the weights.
   *
   * @param states {@code [rows, width]}
   * @param targets {@code [rows]}
   * @return a scalar
   */
  public Tensor crossEntropy(Scope scope, Weights weights, Tensor states, Tensor targets) {
    if (!scope.isRecording()) {
      Tensor each = logLikelihoods(scope, weights, states, targets);
      return KERNELS.tensor(scope, "mean_loss", each);
    }
    int most = Math.max(LEAST_ROWS, LEARNT_LOGITS / config.decoder().vocabulary());
    return KERNELS.tensor(
        scope, "learnt_loss", states, head(weights), product(weights), targets, most);
  }

  private Tensor head(Weights weights) {
    return weights.get(LanguageTensors.head(config));
  }

  /** A matrix of the type in which products are taken. */
  private Tensor product(Weights weights) {
    return weights.get(LanguageTensors.product(config));
  }
}
