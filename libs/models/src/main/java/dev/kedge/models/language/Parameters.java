package dev.kedge.models.language;

import static dev.kedge.models.language.LanguageModel.KERNELS;

import dev.kedge.models.torch.ElementType;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model's tensors as the kernels take them: weight before bias, a tensor without elements where
 * the model has none, views of those that are stored fused or transposed.
 */
final class Parameters {
  private final LanguageConfig config;
  private final Weights weights;
  private final Tensor none;

  Parameters(Scope scope, LanguageConfig config, Weights weights) {
    this.config = config;
    this.weights = weights;
    this.none = Tensor.empty(scope, ElementType.F32, 0);
  }

  /** What stands for a tensor that is not there. */
  Tensor none() {
    return none;
  }

  /** The token table, the position table, the projection behind the first. */
  List<Tensor> start() {
    return found(LanguageTensors.start(config));
  }

  /**
   * Weight and bias of each {@link Part} of a layer.
   *
   * @param owner of the views
   */
  List<Tensor> layer(Scope owner, int layer) {
    List<Optional<String>> names = LanguageTensors.layer(config, layer);
    if (!config.family().names().fused()) {
      return found(names);
    }
    Set<String> distinct = new LinkedHashSet<>();
    names.forEach(name -> name.ifPresent(distinct::add));
    return KERNELS.tensors(owner, "unfused", weights.all(distinct), none);
  }

  /** Weight and bias of the last norm, the projection behind it. */
  List<Tensor> end() {
    return found(LanguageTensors.end(config));
  }

  private List<Tensor> found(List<Optional<String>> names) {
    return names.stream().map(name -> name.map(weights::get).orElse(none)).toList();
  }
}
