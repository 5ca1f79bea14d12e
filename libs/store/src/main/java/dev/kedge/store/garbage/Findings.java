package dev.kedge.store.garbage;

import dev.kedge.store.garbage.Collected.Amount;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a look at a project found.
 *
 * @param now the time of the look
 * @param grace how long garbage stays
 */
record Findings(Inventory inventory, Reachability reachability, Instant now, Duration grace) {

  /** What nothing names, in no order. */
  List<Thing> garbage() {
    return inventory.things().keySet().stream()
        .filter(thing -> !reachability.contains(thing))
        .toList();
  }

  /** Garbage that has no tombstone, or one that is older than it. */
  List<Thing> unmarked() {
    return garbage().stream().filter(thing -> inventory.since(thing).isEmpty()).toList();
  }

  /** Tombstones of what is named again, or has gone. */
  List<Thing> stale() {
    return inventory.tombstones().keySet().stream()
        .filter(thing -> reachability.contains(thing) || !inventory.things().containsKey(thing))
        .toList();
  }

  /** Garbage whose time has run out, in the order in which it goes. */
  List<Thing> due() {
    return garbage().stream()
        .filter(thing -> inventory.since(thing).isPresent() && !now.isBefore(end(thing)))
        .sorted(Comparator.comparing(Thing::kind))
        .toList();
  }

  /** When garbage may go; as if marked now, where it has no tombstone. */
  private Instant end(Thing thing) {
    return inventory.since(thing).orElse(now).plus(grace);
  }

  /** All of it in numbers. */
  Collected collected(Set<Thing> removed) {
    Tally kept = new Tally();
    Tally waiting = new Tally();
    Tally gone = new Tally();
    Optional<Instant> next = Optional.empty();
    for (Thing thing : inventory.things().keySet()) {
      Extent extent = inventory.things().get(thing);
      if (removed.contains(thing)) {
        gone.add(thing, extent);
      } else if (reachability.contains(thing)) {
        kept.add(thing, extent);
      } else {
        waiting.add(thing, extent);
        Instant end = end(thing);
        next = Optional.of(next.filter(end::isAfter).orElse(end));
      }
    }
    return new Collected(kept.amounts(), waiting.amounts(), gone.amounts(), next);
  }

  /** Adds up by kind. */
  private static final class Tally {
    private final Map<Kind, Amount> amounts = new EnumMap<>(Kind.class);

    void add(Thing thing, Extent extent) {
      amounts.merge(thing.kind(), new Amount(1, extent.bytes()), Amount::and);
    }

    Map<Kind, Amount> amounts() {
      return amounts;
    }
  }
}
