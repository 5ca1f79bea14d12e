package dev.kedge.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A project's permits: who comes first has one first. Knows nothing of Temporal. */
final class PermitQueue {
  private final Set<Permit> held;
  private final Set<Permit> waiting;
  private int limit;

  /** Goes on from what another queue had. */
  PermitQueue(Permits permits) {
    held = new LinkedHashSet<>(permits.held());
    waiting = new LinkedHashSet<>(permits.waiting());
    limit = permits.limit();
  }

  /** Who asks twice keeps the first place. */
  void ask(Permit permit, int most) {
    limit = most;
    if (!held.contains(permit)) {
      waiting.add(permit);
    }
  }

  /** One that is not wanted any more, whether it was had or waited for. */
  void giveBack(Permit permit) {
    held.remove(permit);
    waiting.remove(permit);
  }

  void giveBack(Collection<Permit> permits) {
    permits.forEach(this::giveBack);
  }

  /** Those that may go on now, in their order; from now on they hold a permit. */
  List<Permit> grant() {
    List<Permit> granted = new ArrayList<>(waiting).subList(0, Math.min(waiting.size(), free()));
    granted.forEach(waiting::remove);
    held.addAll(granted);
    return granted;
  }

  private int free() {
    return Math.max(0, limit - held.size());
  }

  boolean canGrant() {
    return !waiting.isEmpty() && free() > 0;
  }

  boolean isWaitedFor() {
    return !waiting.isEmpty();
  }

  boolean isIdle() {
    return held.isEmpty() && waiting.isEmpty();
  }

  /** All that there is to know of it. */
  Permits permits() {
    return new Permits(limit, List.copyOf(held), List.copyOf(waiting));
  }
}
