package dev.kedge.gateway.registry;

import dev.kedge.data.source.DiskSpace;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import java.nio.file.Path;

/**
 * What may still be written to a disk of the gateway. What does not fit is refused before it is
 * written.
 *
 * @param space of the disk
 */
record DiskRoom(DiskSpace space) {
  /** As it is now where a folder is. */
  static DiskRoom at(Path folder) {
    return new DiskRoom(DiskSpace.at(folder));
  }

  /**
   * Refuses what does not fit.
   *
   * @param what names it at the beginning of a sentence
   */
  void require(String what, long bytes) {
    if (bytes > space.usable()) {
      throw Refusal.noRoom(
          "DISK_FULL",
          "%s takes %,d bytes more on the gateway's disk, where %,d are free and %,d of them must stay so: try again later, or let the operator make room there or give it a larger disk"
              .formatted(what, bytes, space.free(), space.reserve()));
    }
  }

  /** An artifact's files as a folder, where what has to be fetched for it fits. */
  static ArtifactView laidOut(ProjectStore store, Digest artifact) {
    at(store.artifacts().place())
        .require("laying out what is imported", store.artifacts().bytesToFetch(artifact));
    return store.artifacts().materialise(artifact);
  }
}
