/**
 * One training loop for every method.
 *
 * <p>A {@link dev.kedge.models.train.Learner} is a model under its task, {@link
 * dev.kedge.models.train.Protection}s say what trains and what keeps the old knowledge, {@link
 * dev.kedge.models.train.Batches} what is seen at which step. {@link
 * dev.kedge.models.train.TrainingLoop} puts them together in one fixed order.
 */
package dev.kedge.models.train;
