package dev.kedge.experiment;

import dev.kedge.v1.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Until when the computing of stages at work is accounted for. What has come since is at most the
 * time that went by, for a stage computes or waits for its service's slot: only where that much
 * would reach the limit is it asked for.
 */
final class Meter {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  /** A stage that waits for hours, shortly before the limit, is asked about once a minute. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private record Clock(String activity, String key, long accountedMillis) {}

  private final Map<String, Clock> clocks = new LinkedHashMap<>();
  private final Board board;
  private Duration wait = FIRST_WAIT;

  Meter(Board board) {
    this.board = board;
  }

  /**
   * A worker has taken the stage, and the board knows.
   *
   * @param activity what {@link UseActivities} call it
   */
  void started(String stage, String activity, long nowMillis) {
    Stage row = board.rows().get(stage);
    if (row != null) {
      clocks.put(stage, new Clock(activity, row.getKey(), nowMillis));
    }
  }

  /** Whether the limit may be reached, and is not known to be. */
  boolean isToBeRead(long nowMillis) {
    double left = left();
    return left > 0 && unaccountedSeconds(nowMillis) >= left;
  }

  /** How long the limit cannot be reached; empty where nothing computes. */
  Optional<Duration> untilReading(long nowMillis) {
    int atWork = board.rows().in(Stage.State.RUNNING).size();
    if (atWork == 0) {
      return Optional.empty();
    }
    double seconds = (left() - unaccountedSeconds(nowMillis)) / atWork;
    Duration earliest = Duration.ofMillis((long) Math.ceil(seconds * 1000));
    return Optional.of(earliest.compareTo(wait) > 0 ? earliest : wait);
  }

  /** Takes in seconds of computing by activity. */
  void read(Map<String, Double> seconds, long nowMillis) {
    double before = board.used();
    clocks.forEach(
        (stage, clock) ->
            board.computed(stage, clock.key(), seconds.getOrDefault(clock.activity(), 0.0)));
    clocks.replaceAll((stage, clock) -> new Clock(clock.activity(), clock.key(), nowMillis));
    wait = board.used() > before ? FIRST_WAIT : longer();
  }

  private Duration longer() {
    Duration longer = wait.multipliedBy(2);
    return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
  }

  private double left() {
    return board.allowance().getComputeSeconds() - board.used();
  }

  private double unaccountedSeconds(long nowMillis) {
    return board.rows().in(Stage.State.RUNNING).stream()
            .map(row -> clocks.get(row.getId()))
            .filter(Objects::nonNull)
            .mapToLong(clock -> nowMillis - clock.accountedMillis())
            .sum()
        / 1000.0;
  }
}
