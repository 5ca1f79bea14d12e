package dev.kedge.gateway.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedLookTest {
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void whoComesWhileSomebodyLooksGetsTheSame() throws InterruptedException {
    var looking = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var shared =
        new SharedLook<>(
            () -> {
              looking.countDown();
              await(release);
              return looks.incrementAndGet();
            });
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(shared::get);
    await(looking);
    var second = new CompletableFuture<Integer>();
    Thread other = new Thread(() -> second.complete(shared.get()));
    other.start();
    while (other.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    release.countDown();

    assertThat(first.join()).isEqualTo(1);
    assertThat(second.join()).isEqualTo(1);
    assertThat(shared.get()).isEqualTo(2);
    other.join();
  }

  @Test
  void aLookThatFailsFailsAndTheNextLooksAnew() {
    var shared =
        new SharedLook<Integer>(
            () -> {
              throw new IllegalStateException("look " + looks.incrementAndGet());
            });

    assertThatThrownBy(shared::get).isInstanceOf(IllegalStateException.class).hasMessage("look 1");
    assertThatThrownBy(shared::get).hasMessage("look 2");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
