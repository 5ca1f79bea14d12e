/**
 * One training loop for every method.
 *
 * <p>An {@link dev.kedge.models.train.Objective} says what is learnt, a {@link
 * dev.kedge.models.train.Method} what trains and what protects the old knowledge, {@link
 * dev.kedge.models.train.Batches} what is seen at which step. {@link
 * dev.kedge.models.train.TrainingLoop} puts them together in one fixed order.
 */
package dev.kedge.models.train;
