package dev.kedge.report;

/** What a model said of one sample. */
public sealed interface Prediction permits ClassPrediction, LanguagePrediction, WrittenPrediction {
  /** The sample's key in its data set. */
  String sample();
}
