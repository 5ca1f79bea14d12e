package dev.kedge.models.train;

import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.SamplePlan;
import dev.kedge.models.language.AnswerSequence;
import dev.kedge.models.language.TokenBatch;
import dev.kedge.models.torch.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Batches of sequences, the shortest first within a step, so that a micro-batch pads little.
 *
 * @param sequences what is learnt
 * @param plan which of them a step sees
 * @param microBatch most sequences computed at once
 * @param seed of the dropout
 */
public record LanguageBatches(
    LanguageSequences sequences, SamplePlan plan, int microBatch, long seed)
    implements Batches<LanguageBatch> {
  public LanguageBatches {
    if (microBatch < 1) {
      throw new IllegalArgumentException("a micro-batch needs a sequence, not " + microBatch);
    }
  }

  /** Steps that see sequences of like lengths. */
  public static LanguageBatches bucketed(
      LanguageSequences sequences, EpochPlan plan, int microBatch, long seed) {
    return new LanguageBatches(
        sequences, new LengthBuckets(plan, sequences, seed), microBatch, seed);
  }

  @Override
  public List<LanguageBatch> at(Scope scope, int step) {
    int[] samples =
        Arrays.stream(plan.samples(step))
            .boxed()
            .sorted(Comparator.comparingInt(sequences::tokens))
            .mapToInt(Integer::intValue)
            .toArray();
    List<LanguageBatch> parts = new ArrayList<>();
    for (int from = 0; from < samples.length; from += microBatch) {
      int to = Math.min(from + microBatch, samples.length);
      // A part's first place in its step, which no two parts share, keeps their noise apart.
      parts.add(batch(Arrays.copyOfRange(samples, from, to), noise(step, from)));
    }
    return parts;
  }

  private long noise(int step, int place) {
    return (seed * 1_000_003 + step) * 1_000_003 + place;
  }

  private LanguageBatch batch(int[] samples, long noise) {
    List<AnswerSequence> chosen = Arrays.stream(samples).mapToObj(sequences::at).toList();
    List<String> names = Arrays.stream(samples).mapToObj(sequences::name).toList();
    return new LanguageBatch(TokenBatch.of(chosen, noise), names);
  }
}
