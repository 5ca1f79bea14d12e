package dev.kedge.training;

import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.LoraAdapter;
import java.util.Optional;

/**
 * What a run has made.
 *
 * @param weights all of them, trained and untouched ones
 * @param adapter the low-rank adapters that are merged into them, where the method has some
 */
record TrainedModel(Weights weights, Optional<LoraAdapter> adapter) {}
