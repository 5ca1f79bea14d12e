package dev.kedge.models.language;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a language model's weights out of a checkpoint or a recipe. */
public final class LanguageWeights {
  private LanguageWeights() {}

  /**
   * Copies all weights. Where the model has a head of its own and the source a tied one, the head
   * starts as a copy of the token table.
   *
   * @param config the model to be computed
   * @param source under the names of {@link LanguageTensors}
   */
  public static Weights read(Scope scope, LanguageConfig config, TensorSource source)
      throws IOException {
    List<String> names = new ArrayList<>(LanguageTensors.of(config).keySet());
    boolean tied = !source.specs().containsKey(TensorNames.HEAD);
    if (!config.decoder().tied() && tied) {
      names.remove(TensorNames.HEAD);
      return Weights.read(scope, source, names).with(copiedHead(scope, config, source));
    }
    return Weights.read(scope, source, names);
  }

  private static Weights copiedHead(Scope scope, LanguageConfig config, TensorSource source)
      throws IOException {
    String table = LanguageTensors.tokens(config);
    long[] shape = source.spec(table).dimensions();
    return new Weights(Map.of(TensorNames.HEAD, Tensor.of(scope, source.floats(table), shape)));
  }
}
