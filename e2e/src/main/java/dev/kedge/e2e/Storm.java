package dev.kedge.e2e;

import dev.kedge.e2e.Fault.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws faults. The same seed and kinds, the same faults in the same order. */
final class Storm {
  /** How often each kind comes, of as many as there are in this list. */
  private static final List<Kind> SHARES =
      List.of(
          Kind.KILL,
          Kind.KILL,
          Kind.KILL,
          Kind.KILL,
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
          Kind.SPOIL_COPY);

  private final Random random;
  private final List<Kind> kinds;

  /**
   * Faults of a seed.
   *
   * @param possible kinds that can be done on this machine
   */
  Storm(long seed, Set<Kind> possible) {
    this.random = new Random(seed);
    this.kinds = SHARES.stream().filter(possible::contains).toList();
  }

  Fault next() {
    Kind kind = one(kinds);
    return new Fault(kind, target(kind), lasting(kind), random.nextInt(Integer.MAX_VALUE));
  }

  /** The calm before the next. */
  Duration calm() {
    return Duration.ofMillis(2_000 + random.nextInt(8_000));
  }

  private String target(Kind kind) {
    return switch (kind) {
      case KILL, FREEZE, WRONG_CLOCK -> one(Cluster.KEDGES);
      case OUTAGE, CUT, SILENCE -> one(Cluster.SERVERS);
      case SLOW, FULL -> Cluster.STORE;
      case SPOIL_PROGRESS, DROP_PROGRESS, SPOIL_COPY -> "";
    };
  }

  private Duration lasting(Kind kind) {
    return switch (kind) {
      case FREEZE -> Cluster.LEASE.multipliedBy(2).plusSeconds(random.nextInt(6));
      case OUTAGE, CUT, SILENCE, SLOW, FULL, WRONG_CLOCK ->
          Duration.ofSeconds(5 + random.nextInt(25));
      case KILL, SPOIL_PROGRESS, DROP_PROGRESS, SPOIL_COPY -> Duration.ZERO;
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
