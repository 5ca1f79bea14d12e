package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
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

  /**
   * A file as it is.
   *
   * @throws UserMistakeException if it is no regular file: reading it might never end
   */
  static Upload of(String path, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserMistakeException(
          "%s is a FIFO, a socket or a device, no file: put a file in its place, or take it away"
              .formatted(file));
    }
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
