package dev.kedge.plan;

import dev.kedge.v1.Limits;
import java.util.List;

/** What an experiment may take, in a file and wherever it is extended. */
public final class LimitRules {
  /** Ten years: whoever means no end leaves the limit out. */
  private static final double MOST_HOURS = 87_600;

  private LimitRules() {}

  /** Every problem of the limits, with paths that begin with {@code limits}. */
  public static List<Problem> check(Limits limits) {
    var problems = new Problems();
    check(limits, problems);
    return problems.all();
  }

  static void check(Limits limits, Problems problems) {
    requireHours(
        limits.hasFinishWithinHours(),
        limits.getFinishWithinHours(),
        "limits.finish_within_hours",
        problems);
    requireHours(
        limits.hasComputeHours(), limits.getComputeHours(), "limits.compute_hours", problems);
  }

  private static void requireHours(boolean given, double hours, String path, Problems problems) {
    problems.require(
        !given || (hours > 0 && hours <= MOST_HOURS),
        path,
        "%s must be more than 0 hours and at most %s: leave it out for no limit"
            .formatted(Numbers.text(hours), Numbers.text(MOST_HOURS)));
  }
}
