package dev.kedge.fisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.models.fisher.RunningSums;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationPassTest {
  @TempDir private Path disk;

  /** Counts samples alone. */
  private static final class Counted implements RunningSums {
    private int samples;

    @Override
    public int samples() {
      return samples;
    }

    @Override
    public void write(Path file) throws IOException {
      Files.writeString(file, Integer.toString(samples));
    }

    @Override
    public void restore(Path file) throws IOException {
      samples = Integer.parseInt(Files.readString(file));
    }

    @Override
    public MemoryTensors mean() {
      return new MemoryTensors();
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }

  @Test
  void anAttemptThatIsKilledLeavesWhatWasKeptLast() throws IOException {
    TestingContext killed = new TestingContext(folder("killed"));
    Counted first = new Counted();
    assertThatThrownBy(() -> pass(killed).run(first, (from, to) -> first.samples = alive(to)))
        .isInstanceOf(IllegalStateException.class);

    TestingContext next = killed.next(folder("next"));
    Counted second = new Counted();
    List<Integer> places = new ArrayList<>();
    pass(next)
        .run(
            second,
            (from, to) -> {
              places.add(from);
              second.samples = Math.min(to, 10);
            });
    assertThat(places).containsExactly(6, 9);
    assertThat(second.samples()).isEqualTo(10);
    assertThat(next.lines).containsExactly("INFO goes on after 6 of 10 images");
  }

  private static int alive(int to) {
    if (to > 6) {
      throw new IllegalStateException("killed");
    }
    return to;
  }

  private static CalibrationPass pass(TestingContext context) {
    return new CalibrationPass(context, 10, 3, "images", Duration.ZERO);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(disk.resolve(name));
  }
}
