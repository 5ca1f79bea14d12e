package dev.kedge.report;

/**
 * What a language model wrote after one prompt.
 *
 * @param sample the record's id in its data set
 * @param written what it wrote, up to the first stop
 * @param wanted what was asked for
 * @param right whether the two match
 */
public record WrittenPrediction(String sample, String written, String wanted, boolean right)
    implements Prediction {}
