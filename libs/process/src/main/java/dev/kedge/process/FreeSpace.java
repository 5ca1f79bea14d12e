package dev.kedge.process;

import java.nio.file.Path;

/** How much fits on a disk. */
public final class FreeSpace {
  private FreeSpace() {}

  /**
   * Bytes that are free where a folder is, or will be made.
   *
   * @param folder may not exist yet
   */
  public static long at(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !there.toFile().exists()) {
      there = there.getParent();
    }
    return there.toFile().getUsableSpace();
  }
}
