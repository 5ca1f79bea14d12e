package dev.kedge.models.train;

import dev.kedge.models.language.LanguageModel;
import dev.kedge.models.language.LanguageStates;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * A language model that learns to predict scored tokens: the answers of records, or every token of
 * plain text. The loss is the mean over all scored tokens of a batch, not of the sequences' means.
 *
 * @param model the architecture
 */
public record LanguageAnswers(LanguageModel model) implements FeatureLearner<LanguageBatch> {
  @Override
  public Outputs outputs(Scope scope, Weights weights, LanguageBatch batch) {
    LanguageStates states = model.layeredStates(scope, weights, batch.tokens());
    Tensor logits = model.logits(scope, weights, states.last());
    return new Outputs(states.last(), logits, states.layers());
  }

  @Override
  public Outputs ofFeatures(Scope scope, Weights weights, Tensor features) {
    return new Outputs(features, model.logits(scope, weights, features), List.of());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LanguageBatch batch) {
    return TrainingKernels.KERNELS.tensor(
        scope, "cross_entropy", outputs.logits(), batch.tokens().targets(scope));
  }
}
