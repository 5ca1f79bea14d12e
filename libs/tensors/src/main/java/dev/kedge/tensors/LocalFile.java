package dev.kedge.tensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file on this machine's disk, whose parts are mapped into memory. */
record LocalFile(FileChannel channel) implements FileBytes {
  static LocalFile open(Path path) throws IOException {
    return new LocalFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void read(long from, ByteBuffer into) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new EOFException("it ends at byte " + at);
      }
      at += count;
    }
  }

  @Override
  public ByteBuffer part(long from, int length) throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, from, length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
