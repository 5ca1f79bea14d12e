package dev.kedge.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of candidates that becomes one shard. A part is prepared from the source alone, whatever
 * becomes of the others: it is what is kept when the work is interrupted.
 *
 * @param first position of its first candidate in the listing
 * @param candidates its candidates
 */
record PicturePart(int first, List<PictureListing.Candidate> candidates) {
  /** Bounds what an interruption costs where pictures are small. */
  private static final int MOST_CANDIDATES = 4096;

  PicturePart {
    candidates = List.copyOf(candidates);
  }

  /**
   * Cuts a listing up; a candidate larger than a shard has a part of its own.
   *
   * @param maxShardBytes what a part's shard may take if all of its candidates are kept
   */
  static List<PicturePart> of(List<PictureListing.Candidate> candidates, long maxShardBytes) {
    List<PicturePart> parts = new ArrayList<>();
    int first = 0;
    long bytes = ShardWriter.TAIL;
    for (int i = 0; i < candidates.size(); i++) {
      long needed = ShardWriter.sampleBytes(candidates.get(i));
      if (i > first && (bytes + needed > maxShardBytes || i - first == MOST_CANDIDATES)) {
        parts.add(new PicturePart(first, candidates.subList(first, i)));
        first = i;
        bytes = ShardWriter.TAIL;
      }
      bytes += needed;
    }
    if (first < candidates.size()) {
      parts.add(new PicturePart(first, candidates.subList(first, candidates.size())));
    }
    return parts;
  }

  /** Its name among the parts of the source. */
  String name() {
    return "%d records from %d on".formatted(candidates.size(), first);
  }
}
