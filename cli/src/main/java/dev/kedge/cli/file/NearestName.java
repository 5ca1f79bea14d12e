package dev.kedge.cli.file;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that somebody most likely meant. */
final class NearestName {
  private NearestName() {}

  /** The known name with the fewest changes to the given one, where those are few enough. */
  static Optional<String> of(String given, Collection<String> known) {
    int most = Math.max(2, given.length() / 3);
    return known.stream()
        .filter(name -> distance(given, name) <= most)
        .min(Comparator.comparingInt(name -> distance(given, name)));
  }

  /** Levenshtein's distance: insertions, deletions and replacements. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
