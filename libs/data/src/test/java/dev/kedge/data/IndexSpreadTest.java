package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexSpreadTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicLong read = new AtomicLong();

  @Test
  void samplesComeFromAllOverALongIndexOfWhichLittleIsRead() throws IOException {
    byte[] index = index(50_000, "");
    List<IndexedSample> found = spread(index, 12);

    assertThat(found).hasSize(12);
    assertThat(found.get(0).source()).isEqualTo("é0.jpg");
    assertThat(found.get(11).label()).isBetween(45_000, 49_999);
    assertThat(found).extracting(IndexedSample::label).isSorted();
    assertThat(read.get()).isLessThan(index.length / 5);
  }

  @Test
  void ofFewSamplesEachComesOnce() throws IOException {
    assertThat(spread(index(3, ""), 12))
        .extracting(IndexedSample::source)
        .containsExactly("é0.jpg", "é1.jpg", "é2.jpg");
    assertThat(spread(new byte[0], 12)).isEmpty();
  }

  @Test
  void linesThatAreVeryLongAreLeftAlone() throws IOException {
    assertThat(spread(index(3, "x".repeat(100_000)), 12)).isEmpty();
  }

  @Test
  void whatIsNoIndexIsSaidToBeNone() {
    assertThatThrownBy(() -> spread("[\n1\n".getBytes(StandardCharsets.UTF_8), 1))
        .isInstanceOf(UnusableDatasetException.class);
  }

  private List<IndexedSample> spread(byte[] index, int most) throws IOException {
    return IndexSpread.of(
        (offset, length) -> {
          read.addAndGet(length);
          return new ByteArrayInputStream(index, (int) offset, (int) length);
        },
        index.length,
        most);
  }

  private static byte[] index(int samples, String caption) {
    return IntStream.range(0, samples)
        .mapToObj(
            i ->
                json(
                    new IndexedSample(
                        "é" + i + ".jpg",
                        i,
                        "0".repeat(64),
                        0,
                        i * 10L,
                        10,
                        "",
                        caption.isEmpty() ? List.of() : List.of(caption),
                        "")))
        .collect(Collectors.joining("\n", "", samples == 0 ? "" : "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String json(IndexedSample sample) {
    try {
      return JSON.writeValueAsString(sample);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
