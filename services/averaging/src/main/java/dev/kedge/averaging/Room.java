package dev.kedge.averaging;

import dev.kedge.stage.StageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Free space on a disk. */
final class Room {
  private Room() {}

  /**
   * Refuses work for which there is no room, before it begins.
   *
   * @throws StageException blaming the resources
   */
  static void require(Path folder, long bytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw StageException.resources(
          "NO_SPACE",
          "the average takes %,d MB, but only %,d MB are free on the disk of %s: make room there"
              .formatted(bytes / 1_000_000, free / 1_000_000, folder),
          null);
    }
  }
}
