/**
 * What Temporal keeps of an experiment, sealed: whoever reads its histories without the keys sees
 * that something is done, how often and for how long, and not what.
 */
package dev.kedge.experiment.payload;
