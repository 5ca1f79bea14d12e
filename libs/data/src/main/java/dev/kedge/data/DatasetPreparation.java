package dev.kedge.data;

import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a prepared data set of an image folder: every picture is decoded once, what is broken goes
 * into quarantine with its reason, the rest into shards as it is.
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

  /** Told after every file; may throw to stop the work. */
  @FunctionalInterface
  public interface Progress {
    /** So many of all files were looked at, so many of them put in quarantine. */
    void examined(int done, int total, int quarantined);
  }

  /**
   * Prepares a source into an empty or missing folder.
   *
   * @return what was written as {@code manifest.json}
   * @throws UnusableDatasetException if there is no picture, a class has none left, or too many
   *     files are broken; the message names the first few
   */
  public DatasetManifest prepare(FileTree source, Path target, Progress progress)
      throws IOException {
    ImageFolder images = ImageFolder.of(source);
    List<Quarantined> quarantine = new ArrayList<>(images.misplaced());
    try (DatasetWriter writer = new DatasetWriter(target, images.classes(), maxShardBytes)) {
      int total = images.pictures().size() + images.misplaced().size();
      int done = images.misplaced().size();
      for (ImageFolder.Candidate candidate : images.pictures()) {
        admit(source, candidate, writer, quarantine);
        progress.examined(++done, total, quarantine.size());
      }
      refuseTooMany(quarantine, total);
      refuseEmptyClass(images, writer, quarantine);
      return writer.finish(quarantine);
    }
  }

  private void admit(
      FileTree source,
      ImageFolder.Candidate candidate,
      DatasetWriter writer,
      List<Quarantined> quarantine)
      throws IOException {
    String path = candidate.file().path();
    byte[] picture;
    try {
      decoder.limits().checkBytes(candidate.file().bytes());
      picture = source.read(candidate.file());
      decoder.decode(picture);
    } catch (BrokenPictureException e) {
      quarantine.add(new Quarantined(path, e.getMessage()));
      return;
    }
    writer.add(path, candidate.label(), picture);
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

  private static void refuseEmptyClass(
      ImageFolder images, DatasetWriter writer, List<Quarantined> quarantine) {
    for (int label = 0; label < images.classes().size(); label++) {
      if (writer.count(label) == 0) {
        String name = images.classes().get(label);
        List<Quarantined> own =
            quarantine.stream().filter(file -> file.path().contains(name + "/")).toList();
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
