package dev.kedge.tensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every lie a file can tell is one clear error that names the file. */
class HostileSafetensorsTest {
  private static final int DATA_BYTES = 8;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} is refused because it {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | takes 12 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}} | there are only 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 bytes follow",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | leaves a hole",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | overlaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | claims offsets 8 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}} | claims offsets -8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}} | needs two data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | negative dimension",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}"
            + " | too many elements",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}"
            + " | each of its own kind",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}} | each of its own kind",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}} | each of its own kind",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[null],\"data_offsets\":[0,8]}} | null",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":null,\"data_offsets\":[0,8]}} | tensor 'a' is not given by dtype",
        "{\"a\":null} | null",
        "{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}} | dtype 'F33'",
        "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}} | tensor 'a' is not given by dtype",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"x\":1}} | alone",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]}} | not valid JSON at its byte",
        "{\"__metadata__\":{\"k\":{}}} | '__metadata__' is not text",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]} | not valid",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}{} | goes on after",
        "[] | does not begin with '{'",
        "{} | 8 bytes follow the last tensor",
      })
  void aLyingHeaderIsRefused(String header, String complaint) throws IOException {
    refused(file(header.getBytes(UTF_8).length, header), complaint);
  }

  @Test
  void aDeeplyNestedHeaderIsRefused() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":" + "[".repeat(100_000);
    refused(file(header.length(), header), "each of its own kind");
  }

  @Test
  void aHeaderLongerThanTheFileIsRefused() throws IOException {
    refused(file(1000, "{}"), "claims a header of 1000 bytes, but only 10 follow");
  }

  @Test
  void aHeaderBeyondTheLimitIsRefusedBeforeItIsRead() throws IOException {
    refused(file((16 << 20) + 1, "{}"), "more than the limit of 16777216");
    refused(file(-1, "{}"), "18446744073709551615 bytes");
  }

  /** Each name and value takes many times the two bytes that it has in the file. */
  @Test
  void aHeaderOfTooManyNamesAndValuesIsLeftInTheMidst() throws IOException {
    String many =
        IntStream.range(0, 600_000)
            .mapToObj(i -> "\"%x\":\"\"".formatted(i))
            .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
    refused(file(many.length(), many), "more than 1,000,000 names and values");
    String shape = "{\"a\":{\"dtype\":\"F32\",\"shape\":[" + "1,".repeat(1_000_000) + "1]";
    refused(file(shape.length(), shape), "tensor 'a' is not given by dtype");
  }

  @Test
  void aFileWithoutALengthIsRefused() throws IOException {
    refused(Files.write(folder.resolve("short.safetensors"), new byte[7]), "only 7 bytes");
  }

  @Test
  void aTruncatedFileIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.merge("base"));
    Path cut = folder.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
    refused(cut, "but there are only");
  }

  @Test
  void aFileThatShrinksAfterOpeningIsAnErrorAndNotACrash() throws IOException {
    Path path = folder.resolve("shrinking.safetensors");
    SafetensorsWriter.write(path, new MemoryTensors().put("a", new float[100], 100), Map.of());
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(200);
      }
      assertThatThrownBy(() -> file.floats("a"))
          .isInstanceOf(MalformedTensorsException.class)
          .hasMessageContaining("shorter than when it was opened");
    }
  }

  @Test
  void aDamagedHeaderIsReadOrRefusedButNeverAnythingElse() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.merge("v1"));
    Random random = new Random(1);
    Path damaged = folder.resolve("damaged.safetensors");
    for (int trial = 0; trial < 300; trial++) {
      byte[] bytes = whole.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(4000)] = (byte) random.nextInt(256);
      }
      Files.write(damaged, bytes);
      try (SafetensorsFile file = SafetensorsFile.open(damaged)) {
        assertThat(file.specs()).isNotEmpty();
      } catch (MalformedTensorsException e) {
        assertThat(e).hasMessageContaining("damaged.safetensors");
      }
    }
  }

  private static void refused(Path path, String complaint) {
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(MalformedTensorsException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(complaint);
  }

  private Path file(long headerLength, String header) throws IOException {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + DATA_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerLength).put(json);
    return Files.write(folder.resolve("hostile.safetensors"), bytes.array());
  }
}
