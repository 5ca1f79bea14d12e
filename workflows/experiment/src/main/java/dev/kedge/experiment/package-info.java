/**
 * The workflow of one experiment. The {@link dev.kedge.experiment.Board} knows where the stages
 * stand, {@link dev.kedge.experiment.StagedExperiment} moves them with Temporal, and {@link
 * dev.kedge.experiment.Experiments} is how the rest of Kedge starts and operates it. All state is
 * in the experiment's record, so a workflow can close and be started again at any time.
 */
package dev.kedge.experiment;
