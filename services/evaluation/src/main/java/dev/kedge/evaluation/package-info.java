/**
 * EVALUATE: many checkpoints and recipes of one family on many suites. Of pictures all models of a
 * round see a batch together; of texts each model has its own tokens, hence its own pass.
 */
package dev.kedge.evaluation;
