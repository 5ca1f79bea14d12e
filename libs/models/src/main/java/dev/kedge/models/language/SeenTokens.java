package dev.kedge.models.language;

import static dev.kedge.models.language.LanguageModel.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sequences that end together, as a model has seen them: keys and values of every layer, so that
 * the next token costs one token.
 */
final class SeenTokens implements AutoCloseable {
  private final LanguageModel model;
  private final Weights weights;
  private final long[] starts;
  private List<List<Tensor>> past;
  private Scope held = Scope.plain();
  private int seen;

  /**
   * Nothing seen yet.
   *
   * @param starts the place of each sequence's first token; what stands before it is padding
   */
  SeenTokens(LanguageModel model, Weights weights, long[] starts) {
    this.model = model;
    this.weights = weights;
    this.starts = starts;
    this.past = Collections.nCopies(model.config().decoder().layers(), List.of());
  }

  /**
   * Sees more tokens.
   *
   * @param ids row-major {@code [sequences, tokens]}
   * @return the logits of what follows: {@code [sequences][vocabulary]}
   */
  float[][] see(long[] ids) {
    int tokens = ids.length / starts.length;
    Scope kept = Scope.plain();
    List<List<Tensor>> now = new ArrayList<>();
    try (Scope scope = Scope.plain()) {
      Tensor first = Tensor.of(scope, starts, starts.length);
      Layout layout = new Layout.Following(first, seen, tokens);
      Pass pass = new Pass(scope, model.config(), weights, layout, Dropout.NONE);
      Tensor x = pass.embed(Tensor.of(scope, ids, starts.length, tokens)).get(0);
      for (int layer = 0; layer < past.size(); layer++) {
        List<Tensor> found = pass.cachedLayer(x, layer, past.get(layer));
        x = found.get(0);
        now.add(List.of(kept.take(found.get(1), scope), kept.take(found.get(2), scope)));
      }
      replace(kept, now, tokens);
      Tensor states = pass.finish(KERNELS.tensor(scope, "last", x)).get(0);
      return model.logits(scope, weights, states).rows();
    }
  }

  private void replace(Scope kept, List<List<Tensor>> now, int tokens) {
    held.close();
    held = kept;
    past = now;
    seen += tokens;
  }

  @Override
  public void close() {
    held.close();
  }
}
