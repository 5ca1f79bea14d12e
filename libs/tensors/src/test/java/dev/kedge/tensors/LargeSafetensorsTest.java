package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond 2 GiB, where an int no longer counts bytes. */
class LargeSafetensorsTest {
  private static final long ELEMENTS = 800_000_000; // 3.2 GB
  private static final List<TensorSpec> SPECS =
      List.of(TensorSpec.of("large", DType.F32, ELEMENTS), TensorSpec.of("z", DType.F32, 1));

  @TempDir Path folder;

  @Test
  void theLastElementsAreRead() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(sparseFile())) {
      ByteBuffer last = ByteBuffer.allocate(8).order(LITTLE_ENDIAN);
      file.read("large", (ELEMENTS - 2) * Float.BYTES, last);

      assertThat(last.getFloat(0)).isZero();
      assertThat(last.getFloat(4)).isEqualTo(7);
      assertThat(file.floats("z")).containsExactly(8);
    }
  }

  @Test
  void aTensorTooLargeForOneBufferSaysSo() throws IOException {
    try (SafetensorsFile file = SafetensorsFile.open(sparseFile())) {
      assertThatThrownBy(() -> file.bytes("large"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tensor 'large' has 3200000000 bytes; read it in parts");
    }
  }

  @Test
  void asManyBytesAreWrittenAsTheHeaderPromises() throws IOException {
    Counter counter = new Counter();
    ByteBuffer part = ByteBuffer.allocate(1 << 26);
    try (SafetensorsWriter writer = new SafetensorsWriter(counter, SPECS, Map.of())) {
      long header = counter.bytes;
      for (long left = ELEMENTS * Float.BYTES; left > 0; left -= part.limit()) {
        part.clear().limit((int) Math.min(left, part.capacity()));
        writer.write("large", part);
      }
      writer.write("z", part.clear().limit(Float.BYTES));
      writer.finish();

      assertThat(counter.bytes - header).isEqualTo((ELEMENTS + 1) * Float.BYTES);
    }
  }

  /** The last element of "large" is 7, "z" is 8, and what comes before takes no space on disk. */
  private Path sparseFile() throws IOException {
    Path path = folder.resolve("large.safetensors");
    SafetensorsWriter.create(path, SPECS, Map.of()).close();
    ByteBuffer ends = ByteBuffer.allocate(8).order(LITTLE_ENDIAN).putFloat(7).putFloat(8).flip();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.write(ends, channel.size() + (ELEMENTS - 1) * Float.BYTES);
    }
    return path;
  }

  /** Swallows and counts. */
  private static final class Counter implements WritableByteChannel {
    private long bytes;

    @Override
    public int write(ByteBuffer part) {
      int count = part.remaining();
      part.position(part.limit());
      bytes += count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
