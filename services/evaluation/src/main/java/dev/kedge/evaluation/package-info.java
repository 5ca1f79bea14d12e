/** EVALUATE: many checkpoints and recipes of one family, one pass over the data. */
package dev.kedge.evaluation;
