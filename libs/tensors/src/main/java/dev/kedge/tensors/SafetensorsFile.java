package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A safetensors file of any size, opened without reading its values. Opening checks the whole
 * header, so that a file that opens can be read.
 *
 * <p>{@link #bytes} maps a tensor of a file on this machine read-only; the mapping stays valid
 * after {@link #close}.
 */
public final class SafetensorsFile implements TensorSource, Closeable {
  /** A longer header is refused; those of the largest models have a few MB. */
  static final long HEADER_LIMIT = OutsideJson.TENSORS.bytes();

  static final long LENGTH_BYTES = Long.BYTES;

  private final Path path;
  private final FileBytes bytes;
  private final long dataStart;
  private final Map<String, String> metadata;
  private final Map<String, TensorSpec> specs = new TreeMap<>();
  private final Map<String, Long> begins = new TreeMap<>();

  private SafetensorsFile(Path path, FileBytes bytes) throws IOException {
    this.path = path;
    this.bytes = bytes;
    byte[] json = headerBytes();
    this.dataStart = LENGTH_BYTES + json.length;
    SafetensorsHeader header = SafetensorsHeader.parse(json, bytes.size() - dataStart, path);
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
    return open(path, LocalFile.open(path));
  }

  /**
   * Opens a file that may lie anywhere, and checks its header.
   *
   * @param path what it is called in errors
   * @param bytes closed with this file, and where it is refused
   * @throws MalformedTensorsException if it is not a well-formed safetensors file
   */
  public static SafetensorsFile open(Path path, FileBytes bytes) throws IOException {
    try {
      return new SafetensorsFile(path, bytes);
    } catch (IOException | RuntimeException e) {
      bytes.close();
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
    long length = spec(name).bytes();
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes; read it in parts".formatted(name, length));
    }
    return bytes.part(begins.get(name), (int) length).order(LITTLE_ENDIAN);
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
    bytes.close();
  }

  private byte[] headerBytes() throws IOException {
    if (bytes.size() < LENGTH_BYTES) {
      throw malformed("it has only " + bytes.size() + " bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(LITTLE_ENDIAN);
    readFully(0, length);
    long header = length.getLong(0);
    if (header < 0 || header > HEADER_LIMIT) {
      throw malformed(
          "it claims a header of %s bytes, more than the limit of %d"
              .formatted(Long.toUnsignedString(header), HEADER_LIMIT));
    }
    if (header > bytes.size() - LENGTH_BYTES) {
      throw malformed(
          "it claims a header of %d bytes, but only %d follow"
              .formatted(header, bytes.size() - LENGTH_BYTES));
    }
    ByteBuffer json = ByteBuffer.allocate((int) header);
    readFully(LENGTH_BYTES, json);
    return json.array();
  }

  private void readFully(long position, ByteBuffer into) throws IOException {
    try {
      bytes.read(position, into);
    } catch (EOFException e) {
      throw malformed(e.getMessage() + ", shorter than when it was opened");
    }
  }

  private MalformedTensorsException malformed(String problem) {
    return MalformedTensorsException.of(
        path, problem, "give a complete safetensors file: fetch it again");
  }
}
