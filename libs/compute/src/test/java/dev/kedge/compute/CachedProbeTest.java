package dev.kedge.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachedProbeTest {
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger warnings = new AtomicInteger();

  private CachedProbe<Integer> foundAtLook(int number) {
    return new CachedProbe<>(
        () -> Optional.of(looks.incrementAndGet()).filter(look -> look >= number),
        () -> {
          warnings.incrementAndGet();
          return Optional.of("not yet");
        });
  }

  @Test
  void whatWasFoundIsKept() {
    CachedProbe<Integer> probe = foundAtLook(1);
    assertThat(probe.get()).contains(1);
    assertThat(probe.get()).contains(1);
    assertThat(warnings).hasValue(0);
  }

  @Test
  void whatWasNotFoundIsLookedForAgainAndMissedAloudOnce() {
    CachedProbe<Integer> probe = foundAtLook(3);
    assertThat(probe.get()).isEmpty();
    assertThat(probe.get()).isEmpty();
    assertThat(probe.get()).contains(3);
    assertThat(probe.get()).contains(3);
    assertThat(warnings).hasValue(1);
  }
}
