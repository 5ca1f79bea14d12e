package dev.kedge.report;

import dev.kedge.report.WrittenPrediction.Followed;
import java.util.List;
import java.util.function.Predicate;

/**
 * How many instructions are followed, as IFEval counts (Zhou et al., arXiv 2311.07911). Its strict
 * share of records is the measure itself.
 *
 * @param recordsLoosely share of records all of whose instructions are followed, at least loosely
 * @param single share of all single instructions, strictly
 * @param singleLoosely the same, at least loosely
 */
public record InstructionShares(double recordsLoosely, double single, double singleLoosely) {
  static InstructionShares of(List<WrittenPrediction> samples) {
    List<Followed> each = samples.stream().flatMap(one -> one.instructions().stream()).toList();
    return new InstructionShares(
        share(samples, one -> one.instructions().stream().allMatch(Followed::loosely)),
        share(each, Followed::strictly),
        share(each, Followed::loosely));
  }

  private static <T> double share(List<T> all, Predicate<T> followed) {
    return (double) all.stream().filter(followed).count() / all.size();
  }
}
