package dev.kedge.data.text;

import dev.kedge.data.Examined;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.MergeProgress;
import dev.kedge.data.PartFolders;
import dev.kedge.data.Quarantine;
import dev.kedge.data.Shard;
import dev.kedge.data.Share;
import dev.kedge.data.UnusableDatasetException;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes prepared text of records or documents. They are streamed, part by part: what stays in
 * memory is what may be left out, which is put in quarantine with its line and reason.
 *
 * @param maxQuarantinedFraction the largest share of all records that may be left out, in [0, 1]
 * @param maxShardBytes size of a shard
 */
public record TextPreparation(double maxQuarantinedFraction, long maxShardBytes) {
  public TextPreparation {
    Quarantine.requireShare(maxQuarantinedFraction);
    Shard.requireSize(maxShardBytes);
  }

  /** Shards of 64 MiB. */
  public TextPreparation(double maxQuarantinedFraction) {
    this(maxQuarantinedFraction, Shard.USUAL_BYTES);
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
    try (TextJoin join = new TextJoin(target, maxShardBytes, maxQuarantinedFraction)) {
      join.join(parts, progress);
      return join.finish();
    }
  }
}
