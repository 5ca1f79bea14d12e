package dev.kedge.plan;

import java.util.HashSet;
import java.util.Set;

/** Gives every id once. */
final class UniqueIds {
  private final Set<String> taken = new HashSet<>();

  /** The wanted id, or where it is taken the same with a number. */
  String take(String wanted) {
    String id = wanted;
    for (int i = 2; !taken.add(id); i++) {
      id = wanted + "-" + i;
    }
    return id;
  }
}
