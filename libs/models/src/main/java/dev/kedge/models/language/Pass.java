package dev.kedge.models.language;

import static dev.kedge.models.language.LanguageModel.KERNELS;

import dev.kedge.models.torch.ElementType;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One pass of some tokens through a decoder's layers. */
final class Pass {
  /** Parameters of a layer that belong to its attention half, in the kernels' order. */
  private static final int ATTENTION_PARAMETERS =
      2 * EnumSet.range(Part.ATTENTION_NORM, Part.KEY_NORM).size();

  private final Scope scope;
  private final LanguageConfig config;
  private final Decoder decoder;
  private final Weights weights;
  private final Dropout dropout;
  private final Tensor none;
  private final Tensor starts;
  private final Tensor places;
  private final List<Tensor> turns;

  private Pass(
      Scope scope,
      LanguageConfig config,
      Weights weights,
      Dropout dropout,
      Optional<Tensor> starts,
      int first,
      int tokens) {
    this.scope = scope;
    this.config = config;
    this.decoder = config.decoder();
    this.weights = weights;
    this.dropout = dropout;
    this.none = Tensor.empty(scope, ElementType.F32, 0);
    this.starts = starts.orElse(none);
    this.places = KERNELS.tensor(scope, "places", this.starts, first, tokens);
    this.turns = turns();
  }

  /** Sequences that all begin at their first token. */
  static Pass of(Scope scope, LanguageConfig config, Weights weights, int tokens, Dropout dropout) {
    return new Pass(scope, config, weights, dropout, Optional.empty(), 0, tokens);
  }

  /**
   * Sequences that end together.
   *
   * @param starts each sequence's first token, {@code [sequences]}; what stands before is padding
   * @param first how many tokens earlier passes have seen
   */
  static Pass following(
      Scope scope, LanguageConfig config, Weights weights, Tensor starts, int first, int tokens) {
    return new Pass(scope, config, weights, Dropout.NONE, Optional.of(starts), first, tokens);
  }

  private List<Tensor> turns() {
    if (decoder.positions() instanceof Positions.Rotary rotary) {
      float[] frequencies = rotary.frequencies(decoder.attention().headWidth());
      Tensor each = Tensor.of(scope, frequencies, frequencies.length);
      return KERNELS.tensors(scope, "turns", places, each);
    }
    return List.of();
  }

  /**
   * Tokens as the first layer takes them.
   *
   * @param ids {@code [sequences, tokens]}
   * @return {@code [sequences, tokens, width]}, then the same before projection and position
   */
  List<Tensor> embed(Tensor ids) {
    int offset = decoder.positions() instanceof Positions.Learned learned ? learned.offset() : 0;
    return KERNELS.tensors(
        scope,
        "embed",
        ids,
        places,
        parameters(LanguageTensors.start(config)),
        decoder.paddingId(),
        offset);
  }

  /** One layer over all tokens. */
  Tensor layer(Tensor x, int layer) {
    return layer(x, layer, none);
  }

  /**
   * One layer, its result at some rows alone.
   *
   * @param rows rows of {@code [sequences * tokens, width]}
   * @return {@code [rows, width]}
   */
  Tensor layer(Tensor x, int layer, Tensor rows) {
    List<Tensor> ps = parameters(layer);
    Tensor y = KERNELS.tensor(scope, "attention", attention(x, ps, List.of(), rows, 2 * layer));
    return KERNELS.tensor(scope, "feed_forward", feedForward(y, ps, 2 * layer + 1));
  }

  /**
   * One layer after earlier tokens.
   *
   * @param past their keys and values in this layer; empty if there are none
   * @return the layer's result, and keys and values of all tokens so far
   */
  List<Tensor> cachedLayer(Tensor x, int layer, List<Tensor> past) {
    List<Tensor> ps = parameters(layer);
    List<Tensor> found =
        KERNELS.tensors(scope, "cached_attention", attention(x, ps, past, none, 2 * layer));
    Tensor y = KERNELS.tensor(scope, "feed_forward", feedForward(found.get(0), ps, 2 * layer + 1));
    return List.of(y, found.get(1), found.get(2));
  }

  /** The last hidden state, and the same before its projection. */
  List<Tensor> finish(Tensor x) {
    return KERNELS.tensors(
        scope,
        "finish",
        x,
        parameters(LanguageTensors.end(config)),
        decoder.normalisation().eps(),
        decoder.normalisation().rms(),
        decoder.finalNorm());
  }

  private Object[] attention(Tensor x, List<Tensor> ps, List<Tensor> past, Tensor rows, int half) {
    return new Object[] {
      x,
      ps.subList(0, ATTENTION_PARAMETERS),
      turns,
      past,
      starts,
      rows,
      decoder.attention().headWidth(),
      decoder.attention().window(),
      decoder.normalisation().eps(),
      decoder.normalisation().rms(),
      decoder.normFirst(),
      dropout.rate(),
      dropout.seed(half)
    };
  }

  private Object[] feedForward(Tensor x, List<Tensor> ps, int half) {
    return new Object[] {
      x,
      ps.subList(ATTENTION_PARAMETERS, ps.size()),
      decoder.normalisation().eps(),
      decoder.normalisation().rms(),
      decoder.normFirst(),
      decoder.feedForward().activation().code(),
      dropout.rate(),
      dropout.seed(half)
    };
  }

  /** A layer's parameters, weight and bias of each {@link Part}; of fused ones, views. */
  List<Tensor> parameters(int layer) {
    List<Optional<String>> names = LanguageTensors.layer(config, layer);
    if (!config.family().names().fused()) {
      return parameters(names);
    }
    Set<String> distinct = new LinkedHashSet<>();
    names.forEach(name -> name.ifPresent(distinct::add));
    return KERNELS.tensors(scope, "unfused", weights.all(distinct), none);
  }

  private List<Tensor> parameters(List<Optional<String>> names) {
    return names.stream().map(name -> name.map(weights::get).orElse(none)).toList();
  }
}
