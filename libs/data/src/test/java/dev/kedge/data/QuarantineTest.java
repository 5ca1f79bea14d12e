package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  @Test
  void asMuchAsMayBeLeftOutIsKept() {
    Quarantine quarantine = new Quarantine("records", 0.05, 100);
    List<Quarantined> all = IntStream.range(0, 5).mapToObj(QuarantineTest::line).toList();
    all.forEach(quarantine::add);
    assertThat(quarantine.accepted()).isEqualTo(all);
  }

  @Test
  void ofMoreThanMayBeNothingIsHeldButTheFirstAndHowMany() {
    Quarantine quarantine = new Quarantine("records", 0, 2_000_000);
    WeakReference<Quarantined> last = null;
    for (int i = 0; i < 1_000_000; i++) {
      Quarantined line = line(i);
      quarantine.add(line);
      last = new WeakReference<>(line);
    }
    System.gc();
    assertThat(last.get()).isNull();
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(quarantine::accepted)
        .withMessageStartingWith(
            "1000000 of 2000000 records are unusable, more than the allowed share of 0.0:"
                + " a.jsonl:0 (no JSON), a.jsonl:1 (no JSON), a.jsonl:2 (no JSON), …. Repair");
  }

  private static Quarantined line(int number) {
    return new Quarantined("a.jsonl:" + number, "no JSON");
  }
}
