package dev.kedge.models.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Byte-pair encoding learnt from words (Sennrich et al., 2016): again and again the most frequent
 * pair of neighbours becomes one token, the one of lower ids first where several are as frequent.
 */
final class PairTraining {
  /** Two neighbouring tokens. */
  record Pair(int left, int right) {}

  private record Candidate(Pair pair, long count) {}

  private static final Comparator<Candidate> MOST_FREQUENT =
      Comparator.comparingLong(Candidate::count)
          .reversed()
          .thenComparingInt(candidate -> candidate.pair().left())
          .thenComparingInt(candidate -> candidate.pair().right());

  /** A pair seen once teaches nothing. */
  private static final long LEAST = 2;

  private final List<int[]> words = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final Map<Pair, Long> frequencies = new HashMap<>();
  private final Map<Pair, Set<Integer>> homes = new HashMap<>();
  private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(MOST_FREQUENT);

  /** Takes a word in. */
  void add(int[] tokens, long count) {
    words.add(tokens);
    counts.add(count);
    countPairs(words.size() - 1, count);
  }

  /**
   * Learns merges.
   *
   * @param firstId what the first merge makes; each later one makes the next
   * @param most how many merges are learnt, unless no pair occurs twice before
   */
  List<Pair> learn(int firstId, int most) {
    frequencies.forEach((pair, count) -> candidates.add(new Candidate(pair, count)));
    List<Pair> merges = new ArrayList<>();
    while (merges.size() < most && !candidates.isEmpty()) {
      Candidate best = candidates.poll();
      long count = frequencies.getOrDefault(best.pair(), 0L);
      if (count < LEAST) {
        continue;
      }
      if (count == best.count()) {
        merge(best.pair(), firstId + merges.size());
        merges.add(best.pair());
      } else {
        candidates.add(new Candidate(best.pair(), count));
      }
    }
    return merges;
  }

  private void merge(Pair pair, int made) {
    Set<Pair> risen = new HashSet<>();
    for (int word : homes.remove(pair)) {
      long count = counts.get(word);
      countPairs(word, -count);
      words.set(word, merged(words.get(word), pair, made));
      risen.addAll(countPairs(word, count));
    }
    risen.forEach(each -> candidates.add(new Candidate(each, frequencies.get(each))));
  }

  private static int[] merged(int[] tokens, Pair pair, int made) {
    int[] result = new int[tokens.length];
    int size = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean found =
          i + 1 < tokens.length && tokens[i] == pair.left() && tokens[i + 1] == pair.right();
      result[size++] = found ? made : tokens[i];
      i += found ? 1 : 0;
    }
    return Arrays.copyOf(result, size);
  }

  /** Adds a word's pairs to the counts, or takes them away; which pairs they are. */
  private List<Pair> countPairs(int word, long count) {
    int[] tokens = words.get(word);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i < tokens.length; i++) {
      Pair pair = new Pair(tokens[i - 1], tokens[i]);
      frequencies.merge(pair, count, Long::sum);
      homes.computeIfAbsent(pair, any -> new HashSet<>()).add(word);
      pairs.add(pair);
    }
    return pairs;
  }
}
