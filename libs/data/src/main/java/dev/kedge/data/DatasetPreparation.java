package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
  private static final long DEFAULT_SHARD_BYTES = 64L << 20;
  private static final int NAMED_IN_ERRORS = 3;

  public DatasetPreparation {
    if (!(maxQuarantinedFraction >= 0 && maxQuarantinedFraction <= 1)) {
      throw new IllegalArgumentException(
          "max_quarantined_fraction must be from 0 to 1, got " + maxQuarantinedFraction);
    }
    if (maxShardBytes < 1 || maxShardBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "shards must be from 1 byte to 2 GiB, got %d bytes".formatted(maxShardBytes));
    }
  }

  /** The usual decoder and shards of 64 MiB. */
  public DatasetPreparation(double maxQuarantinedFraction) {
    this(new PictureDecoder(), maxQuarantinedFraction, DEFAULT_SHARD_BYTES);
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
   */
  public DatasetManifest prepare(
      FileTree source, PictureListing listing, Path target, FinishedParts kept, Progress progress)
      throws IOException {
    Tally tally = new Tally(listing, progress);
    PictureAdmission admission = new PictureAdmission(source, decoder, tally);
    Path scratch = Files.createDirectories(target.resolve("part"));
    try (DatasetWriter writer = new DatasetWriter(target, listing)) {
      List<PicturePart> parts = PicturePart.of(listing.pictures(), maxShardBytes);
      FinishedParts finished = parts.size() > 1 ? kept : FinishedParts.NONE;
      for (PicturePart part : parts) {
        writer.add(files(part, admission, finished, scratch));
        tally.finished(part, writer);
      }
      PartFiles.delete(scratch);
      refuseTooMany(writer.quarantine(), listing.size());
      refuseEmptyClass(listing, writer);
      return writer.finish();
    }
  }

  private static PartFiles files(
      PicturePart part, PictureAdmission admission, FinishedParts finished, Path scratch)
      throws IOException {
    Optional<Path> folder = finished.find(part);
    if (folder.isPresent()) {
      return new PartFiles(folder.get());
    }
    PartFiles made = new PartFiles(scratch);
    admission.examine(part, made);
    finished.keep(part, scratch);
    return made;
  }

  /** Counts for those who watch. */
  private static final class Tally implements PictureAdmission.Told {
    private final PictureListing listing;
    private final Progress progress;
    private int done;
    private int quarantined;

    Tally(PictureListing listing, Progress progress) {
      this.listing = listing;
      this.progress = progress;
      this.done = listing.misplaced().size();
      this.quarantined = done;
    }

    @Override
    public void examined(boolean sound) {
      done++;
      quarantined += sound ? 0 : 1;
      progress.examined(done, listing.size(), quarantined);
    }

    /** A part that was finished earlier counts at once. */
    void finished(PicturePart part, DatasetWriter writer) {
      int end = listing.misplaced().size() + part.first() + part.candidates().size();
      if (done < end) {
        done = end;
        quarantined = writer.quarantine().size();
        progress.examined(done, listing.size(), quarantined);
      }
    }
  }

  private void refuseTooMany(List<Quarantined> quarantine, int total) {
    if (quarantine.size() > maxQuarantinedFraction * total) {
      throw new UnusableDatasetException(
          "%d of %d files are unusable, more than the allowed share of %s: %s. Repair or remove them, or"
              .concat(
                  " allow more by a retry of the stage with --set max_quarantined_fraction=SHARE")
              .formatted(quarantine.size(), total, maxQuarantinedFraction, firstOf(quarantine)));
    }
  }

  private static void refuseEmptyClass(PictureListing listing, DatasetWriter writer) {
    for (int label = 0; label < listing.classes().size(); label++) {
      if (writer.count(label) == 0) {
        String name = listing.classes().get(label);
        List<Quarantined> own =
            writer.quarantine().stream().filter(file -> file.path().contains(name + "/")).toList();
        throw new UnusableDatasetException(
            "class '%s' has no readable picture left: %s. Repair them, or remove the folder"
                .formatted(name, firstOf(own)));
      }
    }
  }

  private static String firstOf(List<Quarantined> quarantine) {
    String named =
        quarantine.stream()
            .limit(NAMED_IN_ERRORS)
            .map(Quarantined::toString)
            .collect(Collectors.joining(", "));
    return quarantine.size() > NAMED_IN_ERRORS ? named + ", …" : named;
  }
}
