package dev.kedge.cli.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file to upload, made while it is sent. */
public interface Upload {
  /** Its path in the upload, with {@code /}. */
  String path();

  /** About how many bytes it has, to show progress. */
  long size() throws IOException;

  /** Writes its bytes. */
  void writeTo(OutputStream out) throws IOException;

  /** A file as it is. */
  static Upload of(String path, Path file) {
    return new LocalFile(path, file);
  }

  /**
   * A file as it is.
   *
   * @param path its path in the upload
   * @param file where it lies
   */
  record LocalFile(String path, Path file) implements Upload {
    @Override
    public long size() throws IOException {
      return Files.size(file);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      Files.copy(file, out);
    }
  }
}
