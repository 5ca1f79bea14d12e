package dev.kedge.models.train;

import dev.kedge.tensors.DType;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSpec;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows of equal width in a mapped file, cut into parts that can be mapped. The maps go when the
 * object does.
 */
final class FeatureRows {
  private static final long PART_BYTES = 1 << 29;

  private final List<FloatBuffer> parts;
  private final int width;

  private FeatureRows(List<FloatBuffer> parts, int width) {
    this.parts = List.copyOf(parts);
    this.width = width;
  }

  private static int rowsOfAPart(int width) {
    return (int) Math.max(1, PART_BYTES / (Float.BYTES * (long) width));
  }

  private static String name(long part) {
    return "features.%06d".formatted(part);
  }

  /** Maps a file that a {@link Writer} made. */
  static FeatureRows open(Path file) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      List<FloatBuffer> parts = new ArrayList<>();
      for (int part = 0; part < tensors.specs().size(); part++) {
        parts.add(tensors.bytes(name(part)).asFloatBuffer());
      }
      return new FeatureRows(parts, Math.toIntExact(tensors.spec(name(0)).dimensions()[1]));
    }
  }

  int width() {
    return width;
  }

  /** Copies rows to a place in an array. */
  void read(long firstRow, int count, float[] into, int offset) {
    int ofAPart = rowsOfAPart(width);
    for (int row = 0; row < count; row++) {
      long place = firstRow + row;
      FloatBuffer part = parts.get((int) (place / ofAPart));
      part.get((int) (place % ofAPart) * width, into, offset + row * width, width);
    }
  }

  /** Writes rows in their order. */
  static final class Writer implements Closeable {
    private final Path file;
    private final long total;
    private SafetensorsWriter out;
    private int width;
    private long rows;

    /**
     * A file that begins with its first rows, which say how wide all are.
     *
     * @param total rows that will come
     */
    Writer(Path file, long total) {
      this.file = file;
      this.total = total;
    }

    private void begin(int wide) throws IOException {
      width = wide;
      List<TensorSpec> parts = new ArrayList<>();
      int ofAPart = rowsOfAPart(width);
      for (long row = 0; row < total; row += ofAPart) {
        long count = Math.min(ofAPart, total - row);
        parts.add(TensorSpec.of(name(row / ofAPart), DType.F32, count, width));
      }
      out = SafetensorsWriter.create(file, parts, Map.of());
    }

    void write(float[] values, int wide) throws IOException {
      if (out == null) {
        begin(wide);
      }
      int ofAPart = rowsOfAPart(width);
      int from = 0;
      while (from < values.length) {
        int left = (int) (ofAPart - rows % ofAPart);
        int count = Math.min(left, (values.length - from) / width);
        out.write(name(rows / ofAPart), bytes(values, from, count * width));
        rows += count;
        from += count * width;
      }
    }

    private static ByteBuffer bytes(float[] values, int from, int count) {
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values, from, count);
      return bytes;
    }

    /** States that all rows have come. */
    void finish() {
      out.finish();
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
      }
    }
  }
}
