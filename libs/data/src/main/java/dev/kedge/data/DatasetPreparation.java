package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes a prepared data set of labelled pictures: every picture is decoded once, what is broken
 * goes into quarantine with its reason, the rest into shards as it is.
 *
 * @param decoder what counts as a readable picture
 * @param maxQuarantinedFraction the largest share of all files that may be left out, in [0, 1]
 * @param maxShardBytes size of a shard
 */
public record DatasetPreparation(
    PictureDecoder decoder, double maxQuarantinedFraction, long maxShardBytes) {
  public DatasetPreparation {
    Quarantine.requireShare(maxQuarantinedFraction);
    Shard.requireSize(maxShardBytes);
  }

  /** The usual decoder and shards of 64 MiB. */
  public DatasetPreparation(double maxQuarantinedFraction) {
    this(new PictureDecoder().inThisHeap(), maxQuarantinedFraction, Shard.USUAL_BYTES);
  }

  /**
   * Told after every file, and once of a part that was finished before; may throw to stop the work.
   */
  @FunctionalInterface
  public interface Progress {
    /** So many of all files were looked at, so many of them put in quarantine. */
    void examined(int done, int total, int quarantined);
  }

  /**
   * Prepares an image folder into an empty or missing folder.
   *
   * @see #prepare(FileTree, PictureListing, Path, FinishedParts, Progress)
   */
  public DatasetManifest prepare(FileTree source, Path target, Progress progress)
      throws IOException {
    return prepare(source, ImageFolder.of(source), target, FinishedParts.NONE, progress);
  }

  /**
   * Prepares what is listed of a source into an empty or missing folder, part by part.
   *
   * @return what was written as {@code manifest.json}; its samples and its quarantine together are
   *     the records of the listing
   * @throws UnusableDatasetException if there is no picture, a class has none left, or too many
   *     files are broken; the message names the first few
   * @throws HeapTooSmallException if the heap has no room for a picture; the message names it
   */
  public DatasetManifest prepare(
      FileTree source, PictureListing listing, Path target, FinishedParts kept, Progress progress)
      throws IOException {
    List<PicturePart> parts = parts(listing);
    FinishedParts finished = parts.size() > 1 ? kept : FinishedParts.NONE;
    Tally tally = new Tally(listing.misplaced().size(), listing.size(), progress);
    PictureAdmission admission = new PictureAdmission(source, decoder, tally);
    Path scratch = target.resolve("part");
    Quarantine quarantine = quarantine(listing.size(), listing.misplaced());
    try (DatasetWriter writer = new DatasetWriter(target, listing.classes(), quarantine)) {
      for (PicturePart part : parts) {
        Optional<Path> folder = finished.find(part.name());
        if (folder.isPresent()) {
          tally.found(part, writer.add(new PartFiles(folder.get())));
        } else {
          examine(part, admission, finished, scratch);
          writer.add(new PartFiles(scratch));
          PartFolders.delete(scratch);
        }
      }
      return writer.finish();
    }
  }

  /**
   * Prepares a share of what is listed, to be merged with the others.
   *
   * @param target an empty or missing folder
   * @param progress told of the share's own records
   * @return how many they are; what cannot be a candidate counts in the first share
   */
  public Examined prepareShare(
      FileTree source,
      PictureListing listing,
      Share share,
      Path target,
      FinishedParts kept,
      Progress progress)
      throws IOException {
    List<PicturePart> parts = share.of(parts(listing));
    int misplaced = share.index() == 0 ? listing.misplaced().size() : 0;
    int records = misplaced + parts.stream().mapToInt(part -> part.candidates().size()).sum();
    Tally tally = new Tally(misplaced, records, progress);
    PictureAdmission admission = new PictureAdmission(source, decoder, tally);
    PartFolders folders = PartFolders.of(Files.createDirectories(target));
    ListingFile.write(listing, share, target);
    int number = 0;
    for (PicturePart part : parts) {
      Optional<Path> finished = kept.find(part.name());
      if (finished.isPresent()) {
        folders.copy(finished.get(), number);
        tally.found(part, new PartFiles(finished.get()).countLeftOut());
      } else {
        examine(part, admission, kept, folders.part(number));
      }
      number++;
    }
    return new Examined(records, tally.quarantined);
  }

  /**
   * Puts shares together.
   *
   * @param shares the folders of all shares of one source, in order
   * @return what {@link #prepare} would have written of all of it, to the byte
   * @throws UnusableDatasetException as there
   */
  public DatasetManifest merge(List<Path> shares, Path target, MergeProgress progress)
      throws IOException {
    ListingFile listing = ListingFile.read(shares.get(0));
    List<Path> parts = PartFolders.ofAll(shares);
    int records = listing.misplaced().size();
    for (Path part : parts) {
      records += new PartFiles(part).countAll();
    }
    Quarantine quarantine = quarantine(records, listing.misplaced());
    try (DatasetWriter writer = new DatasetWriter(target, listing.classes(), quarantine)) {
      for (int done = 0; done < parts.size(); done++) {
        progress.done(done, parts.size());
        writer.add(new PartFiles(parts.get(done)));
      }
      progress.done(parts.size(), parts.size());
      return writer.finish();
    }
  }

  /** In how many shares a source is best prepared. */
  public int shares(PictureListing listing) {
    int parts = parts(listing).size();
    return Share.worth(parts, parts);
  }

  private List<PicturePart> parts(PictureListing listing) {
    return PicturePart.of(listing.pictures(), maxShardBytes);
  }

  private static void examine(
      PicturePart part, PictureAdmission admission, FinishedParts finished, Path folder)
      throws IOException {
    admission.examine(part, new PartFiles(Files.createDirectories(folder)));
    finished.keep(part.name(), folder);
  }

  private Quarantine quarantine(int records, List<Quarantined> misplaced) {
    Quarantine quarantine = new Quarantine("files", maxQuarantinedFraction, records);
    misplaced.forEach(quarantine::add);
    return quarantine;
  }

  /** Counts for those who watch. */
  private static final class Tally implements PictureAdmission.Told {
    private final int total;
    private final Progress progress;
    private int done;
    private int quarantined;

    Tally(int misplaced, int total, Progress progress) {
      this.total = total;
      this.progress = progress;
      this.done = misplaced;
      this.quarantined = misplaced;
    }

    @Override
    public void examined(boolean sound) {
      done++;
      quarantined += sound ? 0 : 1;
      progress.examined(done, total, quarantined);
    }

    /** A part that was finished earlier counts at once. */
    void found(PicturePart part, int leftOut) {
      done += part.candidates().size();
      quarantined += leftOut;
      progress.examined(done, total, quarantined);
    }
  }
}
