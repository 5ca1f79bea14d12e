package dev.kedge.data.source;

import dev.kedge.data.HostileArchiveException;
import dev.kedge.data.UnusableDatasetException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Tells archives apart by their bytes, not their names. */
final class Archives {
  private static final int GZIP = 0x1F8B;
  private static final int ZIP = 0x504B;
  private static final int TAR_MAGIC_OFFSET = 257;
  private static final long UNPACKED_FLOOR = 64L << 20;
  private static final long UNPACKED_RATIO = 20;

  private Archives() {}

  static boolean isArchive(Path file) throws IOException {
    byte[] head = head(file);
    return startsWith(head, GZIP) || startsWith(head, ZIP) || isTar(head);
  }

  static FileTree open(Path file, Path scratch) throws IOException {
    byte[] head = head(file);
    if (startsWith(head, ZIP)) {
      return new ZipTree(file);
    }
    Path tar = startsWith(head, GZIP) ? unpacked(file, scratch) : file;
    if (!isTar(head(tar))) {
      throw new UnusableDatasetException(
          "'%s' is no tar, tar.gz or zip archive and no folder".formatted(file.getFileName()));
    }
    return new TarTree(tar);
  }

  private static byte[] head(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(512);
    }
  }

  private static boolean startsWith(byte[] head, int magic) {
    return head.length > 2 && ((head[0] & 0xFF) << 8 | (head[1] & 0xFF)) == magic;
  }

  private static boolean isTar(byte[] head) {
    String magic = "ustar";
    for (int i = 0; i < magic.length(); i++) {
      if (head.length < 512 || head[TAR_MAGIC_OFFSET + i] != magic.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Random access needs the tar itself. Pictures hardly compress, so much growth is an attack. */
  private static Path unpacked(Path file, Path scratch) throws IOException {
    long limit = Math.max(UNPACKED_FLOOR, UNPACKED_RATIO * Files.size(file));
    Path tar = Files.createTempFile(scratch, "unpacked", ".tar");
    try (InputStream in =
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 1 << 16);
        OutputStream out = Files.newOutputStream(tar)) {
      copy(in, out, limit, file);
    }
    return tar;
  }

  private static void copy(InputStream in, OutputStream out, long limit, Path file)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long written = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      written += read;
      if (written > limit) {
        throw new HostileArchiveException(
            "'%s' unpacks to more than %,d bytes, %d times its size: import it uncompressed"
                .formatted(file.getFileName(), limit, UNPACKED_RATIO));
      }
      out.write(buffer, 0, read);
    }
  }
}
