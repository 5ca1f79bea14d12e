package dev.kedge.training;

import java.util.HashSet;
import java.util.Set;

/** Names as they are given, told apart by a number where they come again. */
final class DistinctNames {
  private final Set<String> taken = new HashSet<>();

  /** The name, or the first of {@code name #2}, {@code name #3}… that is free. */
  String of(String name) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + " #" + number;
    }
    return free;
  }
}
