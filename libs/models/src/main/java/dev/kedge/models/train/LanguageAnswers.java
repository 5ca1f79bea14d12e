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
    return new Outputs(states.last(), predictions(weights, states.last()), states.layers());
  }

  @Override
  public Outputs ofFeatures(Scope scope, Weights weights, Tensor features) {
    return new Outputs(features, predictions(weights, features), List.of());
  }

  private Predictions predictions(Weights weights, Tensor states) {
    return new OfTokens(model, weights, states);
  }

  /** Predictions over a vocabulary. */
  private record OfTokens(LanguageModel model, Weights weights, Tensor states)
      implements Predictions {
    @Override
    public Tensor logits(Scope scope) {
      return model.logits(scope, weights, states);
    }

    @Override
    public Tensor crossEntropy(Scope scope, Tensor targets) {
      return model.crossEntropy(scope, weights, states, targets);
    }
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, LanguageBatch batch) {
    return outputs.predictions().crossEntropy(scope, batch.tokens().targets(scope));
  }
}
