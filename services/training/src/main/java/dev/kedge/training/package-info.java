/**
 * TRAIN: one checkpoint from a base, a task and a method.
 *
 * <p>{@link dev.kedge.training.TrainingPlan} turns the spec into phases, {@link
 * dev.kedge.training.PhaseRunner} runs them, saving as it goes, {@link
 * dev.kedge.training.CheckpointFolder} writes what they made.
 */
package dev.kedge.training;
