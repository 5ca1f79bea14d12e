package dev.kedge.gateway.registry;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of which not all is there. It is removed when it is closed. */
final class ArrivingFile implements AutoCloseable {
  private final Arrivals arrivals;
  private final Path path;
  private final OutputStream out;
  private long received;

  ArrivingFile(Arrivals arrivals) throws IOException {
    this.arrivals = arrivals;
    this.path = Files.createTempFile("kedge-upload", ".part");
    this.out = Files.newOutputStream(path);
  }

  void add(ByteString piece) throws IOException {
    arrivals.require(path, received, piece.size());
    piece.writeTo(out);
    received += piece.size();
  }

  /** The file with all that has come. */
  Path whole() throws IOException {
    out.close();
    return path;
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
      Files.deleteIfExists(path);
    } finally {
      arrivals.ended();
    }
  }
}
