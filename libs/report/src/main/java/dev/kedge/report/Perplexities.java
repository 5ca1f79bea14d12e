package dev.kedge.report;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What a suite's texts or answers cost, as lm-evaluation-harness defines it: sums over the suite
 * first.
 *
 * @param natsPerToken Σ nats / Σ tokens: depends on the tokenizer
 * @param ofBytes exp(Σ nats / Σ UTF-8 bytes)
 * @param ofWords exp(Σ nats / Σ words); empty where no words were counted
 */
public record Perplexities(double natsPerToken, double ofBytes, Optional<Double> ofWords) {
  static Perplexities of(List<LanguagePrediction> samples) {
    double nats = samples.stream().mapToDouble(LanguagePrediction::nats).sum();
    boolean worded = samples.stream().allMatch(sample -> sample.words() != null);
    return new Perplexities(
        nats / sum(samples, LanguagePrediction::tokens),
        Math.exp(nats / sum(samples, LanguagePrediction::bytes)),
        worded
            ? Optional.of(Math.exp(nats / sum(samples, LanguagePrediction::words)))
            : Optional.empty());
  }

  private static long sum(
      List<LanguagePrediction> samples, ToIntFunction<LanguagePrediction> count) {
    return samples.stream().mapToLong(count::applyAsInt).sum();
  }
}
