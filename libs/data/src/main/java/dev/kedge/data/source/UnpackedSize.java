package dev.kedge.data.source;

import dev.kedge.data.HostileArchiveException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much an archive unpacks to. Pictures and texts hardly compress, so much growth is an attack.
 */
final class UnpackedSize {
  private static final long FLOOR = 64L << 20;
  private static final long RATIO = 20;

  private final Path file;
  private final long most;
  private final long room;
  private long bytes;

  /**
   * Nothing yet.
   *
   * @param most what an honest archive unpacks to
   * @param room what there is room for
   */
  UnpackedSize(Path file, long most, long room) {
    this.file = file;
    this.most = most;
    this.room = room;
  }

  static UnpackedSize of(Path file) throws IOException {
    return new UnpackedSize(file, honest(file), Long.MAX_VALUE);
  }

  /** Of what is unpacked into a folder, whose disk it must not fill: others work there, too. */
  static UnpackedSize of(Path file, Path into) throws IOException {
    return new UnpackedSize(file, honest(file), DiskSpace.at(into).usable());
  }

  private static long honest(Path file) throws IOException {
    return Math.max(FLOOR, RATIO * Files.size(file));
  }

  /**
   * So many bytes more.
   *
   * @throws HostileArchiveException if they are too many
   * @throws IOException if there is no room for them
   */
  void add(long more) throws IOException {
    if (more < 0 || more > most - bytes) {
      throw new HostileArchiveException(
          "'%s' unpacks to more than %,d bytes, the larger of 64 MiB and %d times its size: import it uncompressed"
              .formatted(file.getFileName(), most, RATIO));
    }
    if (more > room - bytes) {
      throw new IOException(
          "no space left for '%s', which unpacks to more than the %,d bytes that may be written: import it uncompressed, or make room"
              .formatted(file.getFileName(), room));
    }
    bytes += more;
  }
}
