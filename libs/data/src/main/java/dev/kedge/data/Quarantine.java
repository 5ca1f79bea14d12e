package dev.kedge.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is left out of a data set, all of it as long as that may be. Of more, which is refused, no
 * more is kept than the refusal names: how much was left out is counted.
 */
public final class Quarantine {
  /** How many a refusal names. */
  static final int NAMED = 3;

  private final String records;
  private final double share;
  private final long total;
  private final List<Quarantined> kept = new ArrayList<>();
  private long count;

  /**
   * Nothing yet.
   *
   * @param records what they are called, in plural
   * @param share the largest one that may be left out, in [0, 1]
   * @param total how many there are, sound and left out
   */
  public Quarantine(String records, double share, long total) {
    this.records = records;
    this.share = share;
    this.total = total;
  }

  /**
   * Checks a share.
   *
   * @throws IllegalArgumentException if it is outside [0, 1]
   */
  public static void requireShare(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "max_quarantined_fraction must be from 0 to 1, got " + share);
    }
  }

  /** Leaves one out. */
  public void add(Quarantined one) {
    count++;
    if (count <= NAMED || !isTooMuch()) {
      kept.add(one);
    }
  }

  private boolean isTooMuch() {
    return count > share * total;
  }

  /** How many were left out. */
  public long count() {
    return count;
  }

  /**
   * All that was left out.
   *
   * @throws UnusableDatasetException if that is everything or more than may be; the message names
   *     the first few
   */
  public List<Quarantined> accepted() {
    if (total == 0) {
      throw new UnusableDatasetException(
          "there are no %s: the files are blank, or tables without a row below the names of their columns"
              .formatted(records));
    }
    if (count == total) {
      throw new UnusableDatasetException(
          "none of %d %s can be used: %s. Repair them, or import the data as what it is: a format or names of columns may be wrong"
              .formatted(total, records, firstOf(kept, count)));
    }
    if (isTooMuch()) {
      throw new UnusableDatasetException(
          "%d of %d %s are unusable, more than the allowed share of %s: %s. Repair or remove them, or allow more by a retry of the stage with --set max_quarantined_fraction=SHARE"
              .formatted(count, total, records, share, firstOf(kept, count)));
    }
    return kept;
  }

  /** Names the first of so many. */
  static String firstOf(List<Quarantined> first, long count) {
    return first.stream().limit(NAMED).map(Quarantined::toString).collect(Collectors.joining(", "))
        + (count > NAMED ? ", …" : "");
  }
}
