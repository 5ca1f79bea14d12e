package dev.kedge.training;

import java.util.List;

/**
 * Ratios that were tried.
 *
 * @param pass how many passes over the data led to them
 * @param ratios the fine-tuned model's share in each block
 * @param loss over all of the data
 */
record RatioLook(int pass, List<Double> ratios, double loss) {}
