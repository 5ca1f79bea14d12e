package dev.kedge.e2e;

import dev.kedge.e2e.Fault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws faults: each kind comes as often as it should in every twenty-one. The same seed and kinds,
 * the same faults in the same order.
 */
final class FaultSchedule {
  /** How often each kind comes before any comes more often. */
  private static final List<Kind> SHARES =
      List.of(
          Kind.KILL,
          Kind.KILL,
          Kind.KILL,
          Kind.KILL,
          Kind.END,
          Kind.END,
          Kind.END,
          Kind.FREEZE,
          Kind.FREEZE,
          Kind.OUTAGE,
          Kind.OUTAGE,
          Kind.CUT,
          Kind.SILENCE,
          Kind.SLOW,
          Kind.FULL,
          Kind.WRONG_CLOCK,
          Kind.SPOIL_PROGRESS,
          Kind.DROP_PROGRESS,
          Kind.SPOIL_RESULT,
          Kind.DROP_RESULT,
          Kind.SPOIL_COPY);

  /** How many processes end together. */
  private static final int TOGETHER = 3;

  private final Random random;
  private final List<Kind> kinds;
  private final Duration longestCalm;

  /** Of what has to come, what has not come yet. */
  private final List<Kind> nextKinds = new ArrayList<>();

  /** Processes that have not been asked to end since all were. */
  private final List<String> spared = new ArrayList<>();

  /**
   * Faults of a seed.
   *
   * @param possible kinds that can be done on this machine
   * @param longestCalm between two faults; the shortest is a fifth of it
   */
  FaultSchedule(long seed, Set<Kind> possible, Duration longestCalm) {
    this.random = new Random(seed);
    this.kinds = SHARES.stream().filter(possible::contains).toList();
    this.longestCalm = longestCalm;
  }

  Fault next() {
    Kind kind = kind();
    return new Fault(kind, targets(kind), lasting(kind), random.nextInt(Integer.MAX_VALUE));
  }

  private Kind kind() {
    if (nextKinds.isEmpty()) {
      nextKinds.addAll(kinds);
      Collections.shuffle(nextKinds, random);
    }
    return nextKinds.remove(0);
  }

  /** The calm before the next. */
  Duration calm() {
    int shortest = Math.toIntExact(longestCalm.toMillis() / 5);
    return Duration.ofMillis(shortest + random.nextInt(4 * shortest));
  }

  private List<String> targets(Kind kind) {
    return switch (kind) {
      case KILL, FREEZE, WRONG_CLOCK -> List.of(one(Cluster.KEDGES));
      case END -> some();
      case OUTAGE, CUT, SILENCE -> List.of(one(Cluster.SERVERS));
      case SLOW, FULL -> List.of(Cluster.STORE);
      case SPOIL_PROGRESS, DROP_PROGRESS, SPOIL_RESULT, DROP_RESULT, SPOIL_COPY -> List.of();
    };
  }

  /** Every process once before any comes twice. */
  private List<String> some() {
    if (spared.size() < TOGETHER) {
      spared.clear();
      spared.addAll(Cluster.KEDGES);
      spared.addAll(Cluster.SERVERS);
      Collections.shuffle(spared, random);
    }
    List<String> next = spared.subList(0, TOGETHER);
    List<String> drawn = List.copyOf(next);
    next.clear();
    return drawn;
  }

  private Duration lasting(Kind kind) {
    return switch (kind) {
      case FREEZE -> Cluster.LEASE.multipliedBy(2).plusSeconds(random.nextInt(6));
      case OUTAGE, CUT, SILENCE, SLOW, FULL, WRONG_CLOCK ->
          Duration.ofSeconds(5 + random.nextInt(25));
      case KILL, END, SPOIL_PROGRESS, DROP_PROGRESS, SPOIL_RESULT, DROP_RESULT, SPOIL_COPY ->
          Duration.ZERO;
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
