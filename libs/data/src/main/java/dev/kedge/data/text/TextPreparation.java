package dev.kedge.data.text;

import dev.kedge.data.Examined;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.MergeProgress;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Quarantined;
import dev.kedge.data.Share;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes prepared text of records or documents. They are streamed, part by part: what stays in
 * memory is what is left out, which is put in quarantine with its line and reason.
 *
 * @param maxQuarantinedFraction the largest share of all records that may be left out, in [0, 1]
 * @param maxShardBytes size of a shard
 */
public record TextPreparation(double maxQuarantinedFraction, long maxShardBytes) {
  private static final long DEFAULT_SHARD_BYTES = 64L << 20;
  private static final int NAMED_IN_ERRORS = 3;

  public TextPreparation {
    if (!(maxQuarantinedFraction >= 0 && maxQuarantinedFraction <= 1)) {
      throw new IllegalArgumentException(
          "max_quarantined_fraction must be from 0 to 1, got " + maxQuarantinedFraction);
    }
    if (maxShardBytes < 1 || maxShardBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shards must be from 1 byte to 2 GiB, got %d bytes".formatted(maxShardBytes));
    }
  }

  /** Shards of 64 MiB. */
  public TextPreparation(double maxQuarantinedFraction) {
    this(maxQuarantinedFraction, DEFAULT_SHARD_BYTES);
  }

  /**
   * Told after every record, at every part while parts are joined, and once when repeated ids are
   * known; may throw to stop the work.
   */
  @FunctionalInterface
  public interface Progress {
    /** So many records were looked at, so many of them put in quarantine. */
    void examined(int done, int quarantined);
  }

  /** Prepares a source whose columns keep their names. */
  public TextManifest prepare(FileTree source, TextFormat format, Path target, Progress progress)
      throws IOException {
    return prepare(source, format, Columns.AS_THEY_ARE, target, FinishedParts.NONE, progress);
  }

  /**
   * Prepares a source into an empty or missing folder, part by part.
   *
   * @param kept where parts are kept that are full
   * @return what was written as {@code manifest.json}
   * @throws UnusableDatasetException if there is no record, or too many are broken; the message
   *     names the first few
   */
  public TextManifest prepare(
      FileTree source,
      TextFormat format,
      Columns columns,
      Path target,
      FinishedParts kept,
      Progress progress)
      throws IOException {
    PartFolders folders = new PartFolders(target.resolve("part"));
    Examined made = makeParts(source, format, columns, Share.WHOLE, folders, kept, progress);
    List<Path> parts = folders.all();
    TextManifest manifest =
        join(parts, target, (steps, all) -> progress.examined(made.records(), made.leftOut()));
    int leftOut = manifest.quarantine().size();
    progress.examined(manifest.records() + leftOut, leftOut);
    for (Path part : parts) {
      PartFolders.delete(part);
    }
    Files.delete(folders.folder());
    return manifest;
  }

  /**
   * Prepares a share of a source, a run of its files and lines, to be merged with the others.
   *
   * @param target an empty or missing folder
   * @param progress told of the share's own records
   * @return how many they are
   */
  public Examined prepareShare(
      FileTree source,
      TextFormat format,
      Columns columns,
      Share share,
      Path target,
      FinishedParts kept,
      Progress progress)
      throws IOException {
    return makeParts(source, format, columns, share, PartFolders.of(target), kept, progress);
  }

  /**
   * Puts shares together.
   *
   * @param shares the folders of all shares of one source, in order
   * @return what {@link #prepare} would have written of all of it, to the byte
   * @throws UnusableDatasetException as there
   */
  public TextManifest merge(List<Path> shares, Path target, MergeProgress progress)
      throws IOException {
    return join(PartFolders.ofAll(shares), target, progress);
  }

  /** In how many shares a source is best prepared; tables can be cut, documents cannot. */
  public int shares(FileTree source, TextFormat format) {
    List<TreeFile> files = source.files().stream().filter(format::isNamed).toList();
    long bytes = files.stream().mapToLong(TreeFile::bytes).sum();
    long pieces = files.stream().mapToLong(file -> pieces(file, format)).sum();
    return Share.worth(bytes / maxShardBytes, pieces);
  }

  private long pieces(TreeFile file, TextFormat format) {
    return format.canBeCut(file) ? Math.max(1, file.bytes() / maxShardBytes) : 1;
  }

  private Examined makeParts(
      FileTree source,
      TextFormat format,
      Columns columns,
      Share share,
      PartFolders folders,
      FinishedParts kept,
      Progress progress)
      throws IOException {
    format.requireFiles(source);
    return new TextParts(maxShardBytes, folders, kept, progress)
        .make(source, format, columns, TextShare.of(source, format, share));
  }

  private TextManifest join(List<Path> parts, Path target, MergeProgress progress)
      throws IOException {
    try (TextJoin join = new TextJoin(target, maxShardBytes)) {
      join.join(parts, progress);
      check(join.records(), join.quarantine());
      return join.finish();
    }
  }

  private void check(int records, List<Quarantined> quarantine) {
    int total = records + quarantine.size();
    if (records == 0 || quarantine.size() > maxQuarantinedFraction * total) {
      throw new UnusableDatasetException(
          "%d of %d records are unusable, more than the allowed share of %s%s. Repair or remove them, or"
              .concat(
                  " allow more by a retry of the stage with --set max_quarantined_fraction=SHARE")
              .formatted(quarantine.size(), total, maxQuarantinedFraction, firstOf(quarantine)));
    }
  }

  private static String firstOf(List<Quarantined> quarantine) {
    String named =
        quarantine.stream()
            .limit(NAMED_IN_ERRORS)
            .map(Quarantined::toString)
            .collect(Collectors.joining(", ", ": ", ""));
    return quarantine.size() > NAMED_IN_ERRORS ? named + ", …" : named;
  }
}
