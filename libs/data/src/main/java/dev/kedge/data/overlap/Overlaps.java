package dev.kedge.data.overlap;

import java.util.List;

/**
 * What sets of one kind have in common. Exact copies are found by their content, near ones among
 * those that an index of hashes brings together, so that no two sets are compared sample by sample;
 * beside the sets' own indexes memory holds these hashes alone.
 *
 * @param within what is in a set twice, set by set
 * @param between what a test has in common with another set, for each pair of which one spoils the
 *     other ({@link Purpose#isSpoiltBy})
 * @param tooManyWords words of all texts where these are more than there is memory for, so that
 *     near ones were not looked for; else 0
 */
public record Overlaps(List<Within> within, List<Between> between, long tooManyWords) {
  /** Of the heap, one part in so many is for what brings near texts together. */
  private static final int SHARE_OF_HEAP = 4;

  public Overlaps {
    within = List.copyOf(within);
    between = List.copyOf(between);
  }

  /**
   * One set.
   *
   * @param exact samples that an earlier one of the set is
   * @param near samples that are nearly another one of the set, and no copy of an earlier one
   */
  public record Within(ComparedSet<?> set, Matches exact, Matches near) {}

  /**
   * Two sets.
   *
   * @param exact samples of the test that are in the other set, texts of fewer than eight words
   *     left out; of texts also those that are in it but for fields that the test does not read
   * @param near those that are nearly one of the other set, and in it no copy; and such texts that
   *     are in it; and texts that are the same in some of the fields that the test reads
   */
  public record Between(ComparedSet<?> tested, ComparedSet<?> other, Matches exact, Matches near) {}

  /** Told now and then; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all steps are done. */
    void done(int steps, int all);
  }

  /** Compares sets of pictures. */
  public static Overlaps ofPictures(List<ComparedSet<PictureSamples>> sets, Progress progress) {
    Numbering<PictureSamples> numbering = numbering(sets);
    return new OverlapSearch<>(sets, numbering, new PictureLikeness(numbering), progress).search();
  }

  /** Compares sets of texts; near ones where a quarter of the heap is enough for it. */
  public static Overlaps ofTexts(List<ComparedSet<TextSamples>> sets, Progress progress) {
    return ofTexts(sets, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, progress);
  }

  static Overlaps ofTexts(List<ComparedSet<TextSamples>> sets, long bytes, Progress progress) {
    Numbering<TextSamples> numbering = numbering(sets);
    return new OverlapSearch<>(sets, numbering, new TextLikeness(numbering, bytes), progress)
        .search();
  }

  private static <S extends Samples> Numbering<S> numbering(List<ComparedSet<S>> sets) {
    return Numbering.of(sets.stream().map(ComparedSet::samples).toList());
  }
}
