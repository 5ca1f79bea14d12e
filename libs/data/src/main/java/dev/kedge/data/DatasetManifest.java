package dev.kedge.data;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a prepared data set is: {@code manifest.json}.
 *
 * @param format version of this layout
 * @param classes class names; a label is a position in this list
 * @param counts samples of each class
 * @param samples samples in all
 * @param bytes bytes of all pictures
 * @param digest SHA-256 over every sample's label, digest and captions: equal data has equal
 *     digests, whatever the files were called
 * @param shards the tars, in order
 * @param formats pictures of each format, {@code jpg}, {@code png}, {@code webp} or {@code gif};
 *     empty in a manifest of an earlier version
 * @param widths in pixels; null in a manifest of an earlier version
 * @param heights in pixels; null in a manifest of an earlier version
 * @param duplicates pictures whose bytes are those of an earlier one
 * @param quarantine what was left out, and why
 */
public record DatasetManifest(
    int format,
    List<String> classes,
    List<Integer> counts,
    int samples,
    long bytes,
    String digest,
    List<Shard> shards,
    SortedMap<String, Integer> formats,
    Spread widths,
    Spread heights,
    int duplicates,
    List<Quarantined> quarantine) {

  /** The layout that this version writes and reads. */
  public static final int FORMAT = 1;

  /** The manifest's name in the folder. */
  public static final String FILE = "manifest.json";

  static final String INDEX_FILE = "index.jsonl";

  public DatasetManifest {
    classes = List.copyOf(classes);
    counts = List.copyOf(counts);
    shards = List.copyOf(shards);
    formats = formats == null ? new TreeMap<>() : new TreeMap<>(formats);
    quarantine = List.copyOf(quarantine);
    if (format != FORMAT) {
      throw new UnusableDatasetException(
          "a prepared data set of format %d; this version reads format %d: prepare it again"
              .formatted(format, FORMAT));
    }
    if (counts.size() != classes.size()
        || counts.stream().mapToInt(Integer::intValue).sum() != samples) {
      throw new UnusableDatasetException(
          "the manifest contradicts itself: %d samples of classes %s, but counts %s"
              .formatted(samples, classes, counts));
    }
  }
}
