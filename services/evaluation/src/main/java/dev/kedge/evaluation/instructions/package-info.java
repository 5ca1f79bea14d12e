/**
 * The instructions of IFEval (Zhou et al., "Instruction-Following Evaluation for Large Language
 * Models", arXiv 2311.07911) that need nothing but the text to be checked, each as
 * lm-evaluation-harness 0.4.13 checks it.
 */
package dev.kedge.evaluation.instructions;
