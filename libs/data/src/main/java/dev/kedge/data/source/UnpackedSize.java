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
  private long bytes;

  private UnpackedSize(Path file, long most) {
    this.file = file;
    this.most = most;
  }

  static UnpackedSize of(Path file) throws IOException {
    return new UnpackedSize(file, Math.max(FLOOR, RATIO * Files.size(file)));
  }

  /**
   * So many bytes more.
   *
   * @throws HostileArchiveException if they are too many
   */
  void add(long more) {
    if (more < 0 || more > most - bytes) {
      throw new HostileArchiveException(
          "'%s' unpacks to more than %,d bytes, the larger of 64 MiB and %d times its size: import it uncompressed"
              .formatted(file.getFileName(), most, RATIO));
    }
    bytes += more;
  }
}
