package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a safetensors file as a stream: the header at once, then the values, tensor by tensor in
 * {@link #layout} order, in parts of any size. Equal tensors and metadata give equal bytes, and
 * they are those that the reference library writes: widest types first, then by name; the header
 * padded with blanks to a multiple of 8.
 */
public final class SafetensorsWriter implements TensorSink, Closeable {
  private final WritableByteChannel out;
  private final List<TensorSpec> layout;
  private int current;
  private long written;

  /**
   * Starts a file by writing its header.
   *
   * @param out where the file goes, closed by {@link #close}
   * @param specs the tensors that will follow, in any order
   * @throws IllegalArgumentException if two tensors have one name
   */
  public SafetensorsWriter(
      WritableByteChannel out, Collection<TensorSpec> specs, Map<String, String> metadata)
      throws IOException {
    this.out = out;
    this.layout = inFileOrder(specs);
    checkNames();
    drain(new SafetensorsPreamble(layout, metadata).bytes());
    skipFinished();
  }

  /** Starts a file at a path, replacing what is there. */
  public static SafetensorsWriter create(
      Path path, Collection<TensorSpec> specs, Map<String, String> metadata) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      return new SafetensorsWriter(channel, specs, metadata);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Writes all tensors of a source to a path, in bounded memory. */
  public static void write(Path path, TensorSource source, Map<String, String> metadata)
      throws IOException {
    try (SafetensorsWriter writer = create(path, source.specs().values(), metadata)) {
      for (TensorSpec spec : writer.layout()) {
        ByteBuffer bytes = Chunk.buffer(spec);
        for (Chunk chunk : Chunk.of(spec)) {
          writer.write(spec.name(), chunk.read(source, spec, bytes));
        }
      }
      writer.finish();
    }
  }

  /** How many bytes a file of these tensors has. */
  public static long size(Collection<TensorSpec> specs, Map<String, String> metadata)
      throws IOException {
    return new SafetensorsPreamble(inFileOrder(specs), metadata).bytes().remaining()
        + specs.stream().mapToLong(TensorSpec::bytes).sum();
  }

  /** Tensors in the order in which a file holds them. */
  public static List<TensorSpec> inFileOrder(Collection<TensorSpec> specs) {
    return specs.stream()
        .sorted(Comparator.comparing(TensorSpec::dtype).reversed().thenComparing(TensorSpec::name))
        .toList();
  }

  /** The tensors in the order in which their values must come. */
  public List<TensorSpec> layout() {
    return layout;
  }

  /**
   * Writes the next bytes of a tensor.
   *
   * @throws IllegalStateException if another tensor is due, or these are more bytes than it has
   */
  @Override
  public void write(String name, ByteBuffer bytes) throws IOException {
    if (current == layout.size() || !layout.get(current).name().equals(name)) {
      throw new IllegalStateException("got bytes of '" + name + "', due is " + due());
    }
    TensorSpec spec = layout.get(current);
    if (bytes.remaining() > spec.bytes() - written) {
      throw new IllegalStateException(
          "tensor '%s' has %d bytes left, got %d"
              .formatted(name, spec.bytes() - written, bytes.remaining()));
    }
    written += bytes.remaining();
    drain(bytes);
    skipFinished();
  }

  /**
   * States that all has been written.
   *
   * @throws IllegalStateException if something is missing
   */
  public void finish() {
    if (current < layout.size()) {
      throw new IllegalStateException("the file is not complete, due is " + due());
    }
  }

  /** Closes the channel; a file that was not finished is not readable. */
  @Override
  public void close() throws IOException {
    out.close();
  }

  private void skipFinished() {
    while (current < layout.size() && written == layout.get(current).bytes()) {
      current++;
      written = 0;
    }
  }

  private String due() {
    return current == layout.size() ? "nothing" : "'" + layout.get(current).name() + "'";
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private void checkNames() {
    Set<String> names = new HashSet<>();
    for (TensorSpec spec : layout) {
      if (spec.name().equals(SafetensorsHeader.METADATA) || !names.add(spec.name())) {
        throw new IllegalArgumentException("two tensors are named '" + spec.name() + "'");
      }
    }
  }
}
