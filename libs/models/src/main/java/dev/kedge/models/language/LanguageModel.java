package dev.kedge.models.language;

import dev.kedge.models.torch.Kernels;
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

  private final LanguageConfig config;
  private final double dropout;

  /** A model without dropout. */
  public LanguageModel(LanguageConfig config) {
    this(config, 0);
  }

  /**
   * A model that learns with dropout.
   *
   * @param dropout share of what a layer adds that is set to 0 in recorded calls, in [0, 1)
   */
  public LanguageModel(LanguageConfig config, double dropout) {
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), not " + dropout);
    }
    this.config = config;
    this.dropout = dropout;
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
    Pass pass = Pass.of(scope, config, weights, batch.tokens(), drawn);
    Tensor rows = batch.rows(scope);
    Tensor x = pass.embed(batch.ids(scope)).get(0);
    List<Tensor> layers = new ArrayList<>();
    int last = config.decoder().layers() - 1;
    for (int layer = 0; layer < last; layer++) {
      x = pass.layer(x, layer);
      layers.add(KERNELS.tensor(scope, "chosen", x, rows));
    }
    layers.add(pass.layer(x, last, rows));
    return new LanguageStates(pass.finish(layers.get(last)).get(0), layers);
  }

  /**
   * What states say of the next token.
   *
   * @param states {@code [rows, width]}
   * @return {@code [rows, vocabulary]}
   */
  public Tensor logits(Scope scope, Weights weights, Tensor states) {
    return KERNELS.tensor(scope, "logits", states, weights.get(LanguageTensors.head(config)));
  }

  /**
   * The probability of each row's target.
   *
   * @return {@code [rows]}, natural logarithms
   */
  public static Tensor logLikelihoods(Scope scope, Tensor logits, Tensor targets) {
    return KERNELS.tensor(scope, "log_likelihoods", logits, targets);
  }
}
