package dev.kedge.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final int MOST = 70_000;

  /** Many short ones, some longer than what is read at once, one at the limit and one beyond it. */
  private static List<String> lines() {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    IntStream.range(0, 5000).forEach(i -> lines.add("x".repeat(random.nextInt(60))));
    for (int length : new int[] {65_535, 65_536, 65_537, MOST, MOST + 1, 200_000, 0, 3}) {
      lines.add("y".repeat(length));
    }
    return lines;
  }

  @Test
  void everyLineIsReadAndOneThatIsTooLongIsCut() throws IOException {
    Lines read = read(String.join("\n", lines()));
    for (String line : lines()) {
      assertThat(read.next().map(bytes -> new String(bytes, StandardCharsets.UTF_8)))
          .contains(line.substring(0, Math.min(line.length(), MOST)));
      assertThat(read.wasCut()).isEqualTo(line.length() > MOST);
    }
    assertThat(read.next()).isEmpty();
  }

  @Test
  void anEndOfALineBeginsNoOtherOne() throws IOException {
    Lines read = read("a\n\n");
    assertThat(read.next().map(bytes -> bytes.length)).contains(1);
    assertThat(read.next().map(bytes -> bytes.length)).contains(0);
    assertThat(read.next()).isEmpty();
    assertThat(read("").next()).isEmpty();
  }

  @Test
  void linesArePassedOver() throws IOException {
    List<String> lines = lines();
    for (int skipped : new int[] {0, 1, 4000, lines.size() - 1}) {
      Lines read = read(String.join("\n", lines));
      read.skip(skipped);
      assertThat(read.next().map(bytes -> bytes.length))
          .isEqualTo(Optional.of(Math.min(lines.get(skipped).length(), MOST)));
    }
    Lines read = read("a\nb");
    read.skip(2);
    assertThat(read.next()).isEmpty();
  }

  @Test
  void theLineAfterSoManyBytesIsTheFirstThatBeginsThere() throws IOException {
    byte[] text = "ab\n\ncd".getBytes(StandardCharsets.UTF_8);
    int[] numbers = new int[text.length + 2];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Lines.numbersAt(new ByteArrayInputStream(text), List.of((long) i)).get(0);
    }
    assertThat(numbers).containsExactly(1, 2, 2, 2, 3, 4, 4, 4);
  }

  private static Lines read(String text) {
    return new Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), MOST);
  }
}
