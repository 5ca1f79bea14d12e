/**
 * Traces go through Temporal in its headers: from who starts or operates an experiment to its
 * workflow, and from there to the activities. A workflow's own span has ids that follow from its
 * run, and is sent once, by whoever sees the run end: replaying makes none.
 */
package dev.kedge.experiment.trace;
