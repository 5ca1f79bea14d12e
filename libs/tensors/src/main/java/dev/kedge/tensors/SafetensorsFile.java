package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file of any size, opened without reading its values. Opening checks the whole
 * header, so that a file that opens can be read.
 *
 * <p>{@link #bytes} maps the tensor read-only; the mapping stays valid after {@link #close}.
 */
public final class SafetensorsFile implements TensorSource, Closeable {
  /** A longer header is refused; the reference library has the same limit. */
  static final long HEADER_LIMIT = 100_000_000;

  static final long LENGTH_BYTES = Long.BYTES;

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, TensorSpec> specs = new TreeMap<>();
  private final Map<String, Long> begins = new TreeMap<>();

  private SafetensorsFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    byte[] json = headerBytes();
    this.dataStart = LENGTH_BYTES + json.length;
    SafetensorsHeader header = SafetensorsHeader.parse(json, channel.size() - dataStart, path);
    this.metadata = Collections.unmodifiableMap(header.metadata());
    for (SafetensorsHeader.Place place : header.places()) {
      specs.put(place.spec().name(), place.spec());
      begins.put(place.spec().name(), dataStart + place.begin());
    }
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws MalformedTensorsException if it is not a well-formed safetensors file
   */
  public static SafetensorsFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new SafetensorsFile(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the file is. */
  public Path path() {
    return path;
  }

  /** The file's free-text metadata, by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(specs);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    long bytes = spec(name).bytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes; read it in parts".formatted(name, bytes));
    }
    return channel.map(FileChannel.MapMode.READ_ONLY, begins.get(name), bytes).order(LITTLE_ENDIAN);
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    if (from < 0 || from + into.remaining() > spec(name).bytes()) {
      throw new IllegalArgumentException(
          "tensor '%s' has no bytes %d to %d".formatted(name, from, from + into.remaining()));
    }
    readFully(begins.get(name) + from, into);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private byte[] headerBytes() throws IOException {
    if (channel.size() < LENGTH_BYTES) {
      throw malformed("it has only " + channel.size() + " bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(LITTLE_ENDIAN);
    readFully(0, length);
    long bytes = length.getLong(0);
    if (bytes < 0 || bytes > HEADER_LIMIT) {
      throw malformed(
          "it claims a header of %s bytes, more than the limit of %d"
              .formatted(Long.toUnsignedString(bytes), HEADER_LIMIT));
    }
    if (bytes > channel.size() - LENGTH_BYTES) {
      throw malformed(
          "it claims a header of %d bytes, but only %d follow"
              .formatted(bytes, channel.size() - LENGTH_BYTES));
    }
    ByteBuffer json = ByteBuffer.allocate((int) bytes);
    readFully(LENGTH_BYTES, json);
    return json.array();
  }

  private void readFully(long position, ByteBuffer into) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw malformed("it ends at byte " + at + ", shorter than when it was opened");
      }
      at += count;
    }
  }

  private MalformedTensorsException malformed(String problem) {
    return MalformedTensorsException.of(
        path, problem, "give a complete safetensors file: fetch it again");
  }
}
