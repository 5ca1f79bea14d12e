package dev.kedge.training;

import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.TrainingLoop;
import java.util.function.Function;

/**
 * A part of a training run with an optimiser and a schedule of its own.
 *
 * @param name for people
 * @param steps how many
 * @param batchSize samples of a step
 * @param loop makes the loop from all weights as the phase before left them
 */
record Phase(String name, int steps, int batchSize, Function<Weights, TrainingLoop<?>> loop) {}
