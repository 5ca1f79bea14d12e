package dev.kedge.experiment;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.PauseCause;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** How long an experiment may go on: from its file, extended, and reached. */
final class Allowances {
  private static final double HOUR_SECONDS = 3600;
  private static final MathContext SHOWN_DIGITS = new MathContext(3);

  private Allowances() {}

  /** That of a record: the file's, counted from the launch, unless a resume has said another. */
  static Allowance of(Experiment record) {
    return record.hasAllowance()
        ? record.getAllowance()
        : extended(
            Allowance.getDefaultInstance(),
            record.getSpec().getLimits(),
            0,
            record.getCreateTime());
  }

  /**
   * With new limits.
   *
   * @param used seconds of computing until now
   */
  static Allowance extended(Allowance before, Limits more, double used, Timestamp now) {
    Allowance.Builder extended = before.toBuilder();
    if (more.hasFinishWithinHours()) {
      long millis = Math.round(more.getFinishWithinHours() * HOUR_SECONDS * 1000);
      extended.setFinishBy(Timestamps.add(now, Durations.fromMillis(millis)));
    }
    if (more.hasComputeHours()) {
      extended.setComputeSeconds(used + more.getComputeHours() * HOUR_SECONDS);
    }
    return extended.build();
  }

  /**
   * The limit that is reached, if one is.
   *
   * @param used seconds of computing until now
   * @param experiment its id, for the commands that go on
   */
  static Optional<PauseCause> reached(
      Allowance allowance, double used, Timestamp now, String experiment) {
    if (allowance.hasFinishBy() && Timestamps.compare(now, allowance.getFinishBy()) >= 0) {
      String message =
          "its time was over at %1$s (limits.finish_within_hours): `kedge resume %2$s"
              + " --finish-within-hours HOURS` goes on for so long, `kedge cancel %2$s` ends it";
      return cause(
          "TIME_OVER", message.formatted(Timestamps.toString(allowance.getFinishBy()), experiment));
    }
    if (allowance.hasComputeSeconds() && used >= allowance.getComputeSeconds()) {
      String message =
          "it has computed for %1$s h and may for %2$s h (limits.compute_hours): `kedge resume %3$s"
              + " --compute-hours HOURS` goes on for so long, `kedge cancel %3$s` ends it";
      return cause(
          "COMPUTE_USED",
          message.formatted(hours(used), hours(allowance.getComputeSeconds()), experiment));
    }
    return Optional.empty();
  }

  private static Optional<PauseCause> cause(String reason, String message) {
    return Optional.of(PauseCause.newBuilder().setReason(reason).setMessage(message).build());
  }

  private static String hours(double seconds) {
    return text(seconds / HOUR_SECONDS);
  }

  /** Hours as they are shown. */
  static String text(double hours) {
    return BigDecimal.valueOf(hours).round(SHOWN_DIGITS).stripTrailingZeros().toPlainString();
  }
}
