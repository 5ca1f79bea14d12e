package dev.kedge.data.source;

import java.io.File;
import java.nio.file.Path;

/**
 * The space of a disk that others work on, too: a reserve stays theirs, since a full disk ends the
 * work of all.
 *
 * @param free bytes
 * @param reserve bytes of them that stay free
 */
public record DiskSpace(long free, long reserve) {
  private static final long MOST_RESERVED = 1L << 30;
  private static final int SHARE = 20;

  /** As it is now where a folder is: a twentieth of the disk is reserved, and a GiB at most. */
  public static DiskSpace at(Path folder) {
    File place = folder.toFile();
    long size = place.getTotalSpace();
    // Some file systems do not tell; then nobody knows but whoever writes.
    return size == 0
        ? new DiskSpace(Long.MAX_VALUE, 0)
        : new DiskSpace(place.getUsableSpace(), Math.min(MOST_RESERVED, size / SHARE));
  }

  /** Bytes that may be written; negative where the reserve is used up. */
  public long usable() {
    return free - reserve;
  }
}
