package dev.kedge.models.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Merges in order of preference, growing: byte-pair encoding of one word. */
final class MergeList {
  private final Map<Merge, Integer> ranks = new LinkedHashMap<>();

  /** Makes the word one token, by adding merges at the end where those known do not suffice. */
  void learn(List<String> word) {
    // A merge added last never comes before those known, so no word learned earlier changes; and
    // the pieces left over have no known merge between them, so each merge added is a new one.
    List<String> pieces = apply(word);
    while (pieces.size() > 1) {
      ranks.put(new Merge(pieces.get(0), pieces.get(1)), ranks.size());
      pieces = apply(word);
    }
  }

  /** The word's tokens: the most preferred merge everywhere, again and again until none is left. */
  List<String> apply(List<String> word) {
    List<String> pieces = word;
    Optional<Merge> next = preferred(pieces);
    while (next.isPresent()) {
      pieces = apply(next.get(), pieces);
      next = preferred(pieces);
    }
    return pieces;
  }

  List<Merge> inOrder() {
    return List.copyOf(ranks.keySet());
  }

  private Optional<Merge> preferred(List<String> pieces) {
    return IntStream.range(1, pieces.size())
        .mapToObj(i -> new Merge(pieces.get(i - 1), pieces.get(i)))
        .filter(ranks::containsKey)
        .min(Comparator.comparing(ranks::get));
  }

  private static List<String> apply(Merge merge, List<String> pieces) {
    List<String> result = new ArrayList<>();
    for (String piece : pieces) {
      int last = result.size() - 1;
      if (last >= 0 && piece.equals(merge.right()) && result.get(last).equals(merge.left())) {
        result.set(last, merge.merged());
      } else {
        result.add(piece);
      }
    }
    return result;
  }
}
