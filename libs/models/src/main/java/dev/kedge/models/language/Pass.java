package dev.kedge.models.language;

import static dev.kedge.models.language.LanguageModel.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** One pass of some tokens through a decoder's layers. */
final class Pass {
  /** Parameters of a layer that belong to its attention half, in the kernels' order. */
  private static final int ATTENTION_PARAMETERS =
      2 * EnumSet.range(Part.ATTENTION_NORM, Part.KEY_NORM).size();

  private final Scope scope;
  private final Decoder decoder;
  private final Parameters parameters;
  private final Dropout dropout;
  private final Tensor places;
  private final Tensor seen;
  private final List<Tensor> turns;

  /**
   * Begins a pass.
   *
   * @param layout where the tokens stand
   */
  Pass(Scope scope, LanguageConfig config, Weights weights, Layout layout, Dropout dropout) {
    this.scope = scope;
    this.decoder = config.decoder();
    this.parameters = new Parameters(scope, config, weights);
    this.dropout = dropout;
    this.places = layout.places(scope, all());
    this.seen = layout.seen(scope, all(), places, decoder.attention().window());
    this.turns = turns();
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
   * @return {@code [sequences, tokens, width]}, then the same before and after its projection,
   *     without positions
   */
  List<Tensor> embed(Tensor ids) {
    int offset = decoder.positions() instanceof Positions.Learned learned ? learned.offset() : 0;
    return KERNELS.tensors(
        scope, "embed", ids, places, parameters.start(), decoder.paddingId(), offset);
  }

  /**
   * One layer, its result at some rows alone.
   *
   * @param owner of all that is made
   * @param rows rows of {@code [sequences * tokens, width]}; without elements for all tokens
   * @return {@code [rows, width]}, or {@code [sequences, tokens, width]}
   */
  Tensor layer(Scope owner, Tensor x, int layer, Tensor rows) {
    List<Tensor> ps = parameters.layer(owner, layer);
    Object[] first = attention(x, ps, List.of(), rows, 2 * layer);
    Tensor y = KERNELS.tensor(owner, "attention", first);
    return KERNELS.tensor(owner, "feed_forward", feedForward(y, ps, 2 * layer + 1));
  }

  /** What stands for rows where all tokens are meant. */
  Tensor all() {
    return parameters.none();
  }

  /**
   * One layer over all tokens, keeping what goes into and comes out of each {@link Part}.
   *
   * @param parts is added to
   */
  Tensor tracedLayer(Tensor x, int layer, List<LanguageTrace.Part> parts) {
    List<Tensor> ps = parameters.layer(scope, layer);
    Object[] first = attention(x, ps, List.of(), parameters.none(), 2 * layer);
    List<Tensor> attended = KERNELS.tensors(scope, "traced_attention", first);
    Object[] second = feedForward(attended.get(0), ps, 2 * layer + 1);
    List<Tensor> fed = KERNELS.tensors(scope, "traced_feed_forward", second);
    List<Tensor> inAndOut = new ArrayList<>(attended.subList(3, attended.size()));
    inAndOut.addAll(fed.subList(1, fed.size()));
    for (Part part : Part.values()) {
      List<Tensor> both = inAndOut.subList(0, 2);
      parts.add(new LanguageTrace.Part(part.kind(decoder), both.get(0), both.get(1)));
      both.clear();
    }
    return fed.get(0);
  }

  /**
   * One layer after earlier tokens.
   *
   * @param past their keys and values in this layer; empty if there are none
   * @return the layer's result, and keys and values of all tokens so far
   */
  List<Tensor> cachedLayer(Tensor x, int layer, List<Tensor> past) {
    List<Tensor> ps = parameters.layer(scope, layer);
    List<Tensor> found =
        KERNELS.tensors(
            scope, "cached_attention", attention(x, ps, past, parameters.none(), 2 * layer));
    Tensor y = KERNELS.tensor(scope, "feed_forward", feedForward(found.get(0), ps, 2 * layer + 1));
    return List.of(y, found.get(1), found.get(2));
  }

  /** The last hidden state, and the same before its projection. */
  List<Tensor> finish(Tensor x) {
    return KERNELS.tensors(
        scope,
        "finish",
        x,
        parameters.end(),
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
      seen,
      rows,
      decoder.attention().headWidth(),
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
}
