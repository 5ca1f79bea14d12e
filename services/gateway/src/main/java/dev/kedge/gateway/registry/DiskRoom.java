package dev.kedge.gateway.registry;

import dev.kedge.gateway.Refusal;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import java.io.File;
import java.nio.file.Path;

/**
 * What may still be written to a disk of the gateway: all but a reserve, which is for those who are
 * at work already. What does not fit is refused before it is written, since a full disk ends the
 * work of all.
 *
 * @param free bytes
 * @param reserve bytes of them that stay free
 */
record DiskRoom(long free, long reserve) {
  private static final long MOST_RESERVED = 1L << 30;
  private static final int SHARE = 20;

  /** As it is now where a folder is: a twentieth of the disk stays free, and a GiB at most. */
  static DiskRoom at(Path folder) {
    File place = folder.toFile();
    long size = place.getTotalSpace();
    // Some file systems do not tell; then nobody knows but whoever writes.
    return size == 0
        ? new DiskRoom(Long.MAX_VALUE, 0)
        : new DiskRoom(place.getUsableSpace(), Math.min(MOST_RESERVED, size / SHARE));
  }

  /**
   * Refuses what does not fit.
   *
   * @param what names it at the beginning of a sentence
   */
  void require(String what, long bytes) {
    if (bytes > free - reserve) {
      throw Refusal.noRoom(
          "DISK_FULL",
          "%s takes %,d bytes more on the gateway's disk, where %,d are free and %,d of them must stay so: try again later, or let the operator make room there or give it a larger disk"
              .formatted(what, bytes, free, reserve));
    }
  }

  /** An artifact's files as a folder, where what has to be fetched for it fits. */
  static ArtifactView laidOut(ProjectStore store, Digest artifact) {
    at(store.artifacts().place())
        .require("laying out what is imported", store.artifacts().bytesToFetch(artifact));
    return store.artifacts().materialise(artifact);
  }
}
