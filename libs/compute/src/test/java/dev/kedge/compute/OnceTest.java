package dev.kedge.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger warnings = new AtomicInteger();

  private Once<Integer> foundAtLook(int number) {
    return new Once<>(
        () -> Optional.of(looks.incrementAndGet()).filter(look -> look >= number),
        () -> {
          warnings.incrementAndGet();
          return Optional.of("not yet");
        });
  }

  @Test
  void whatWasFoundIsKept() {
    Once<Integer> once = foundAtLook(1);
    assertThat(once.get()).contains(1);
    assertThat(once.get()).contains(1);
    assertThat(warnings).hasValue(0);
  }

  @Test
  void whatWasNotFoundIsLookedForAgainAndMissedAloudOnce() {
    Once<Integer> once = foundAtLook(3);
    assertThat(once.get()).isEmpty();
    assertThat(once.get()).isEmpty();
    assertThat(once.get()).contains(3);
    assertThat(once.get()).contains(3);
    assertThat(warnings).hasValue(1);
  }
}
