package dev.kedge.data.source;

import dev.kedge.data.UnusableDatasetException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Tells archives apart by their bytes, not their names. */
final class Archives {
  private static final byte[] GZIP = {0x1F, (byte) 0x8B};

  /** Of a zip's first file, or of the end of an empty one: a table may well begin with "PK". */
  private static final List<byte[]> ZIPS =
      List.of(new byte[] {'P', 'K', 3, 4}, new byte[] {'P', 'K', 5, 6});

  private static final int TAR_MAGIC_OFFSET = 257;

  private Archives() {}

  static boolean isArchive(Path file) throws IOException {
    byte[] head = head(file);
    return startsWith(head, GZIP) || isZip(head) || isTar(head);
  }

  static FileTree open(Path file, Path scratch) throws IOException {
    byte[] head = head(file);
    if (isZip(head)) {
      return new ZipTree(file, scratch);
    }
    Path tar = startsWith(head, GZIP) ? unpacked(file, scratch) : file;
    if (!isTar(head(tar))) {
      throw new UnusableDatasetException(
          "'%s' is no tar, tar.gz or zip archive and no folder".formatted(file.getFileName()));
    }
    return new TarTree(tar, scratch);
  }

  private static byte[] head(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(512);
    }
  }

  private static boolean isZip(byte[] head) {
    return ZIPS.stream().anyMatch(magic -> startsWith(head, magic));
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
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

  /** Random access needs the tar itself. */
  private static Path unpacked(Path file, Path scratch) throws IOException {
    Path tar = Files.createTempFile(scratch, "unpacked", ".tar");
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = new GZIPInputStream(packed, 1 << 16);
        OutputStream out = Files.newOutputStream(tar)) {
      copy(in, out, UnpackedSize.of(file, scratch));
      return tar;
    } catch (EOFException | ZipException e) {
      throw new UnusableDatasetException(
          "'%s' is a broken gzip: %s".formatted(file.getFileName(), e.getMessage()), e);
    }
  }

  private static void copy(InputStream in, OutputStream out, UnpackedSize size) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      size.add(read);
      out.write(buffer, 0, read);
    }
  }
}
