package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ComputeSlotsTest {
  private static final int WAITING = 6;

  /** Longer than the look whether a stage was stopped, of which there are many in such a wait. */
  private static final long LONG_MILLIS = 350;

  private final ComputeSlots slots = new ComputeSlots(1);
  private final List<Integer> order = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whoComesFirstComputesFirstHoweverLongItWaits() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    all.add(inSlot(new StopSignal(), end::await));
    for (int i = 0; i < WAITING; i++) {
      int place = i;
      all.add(inSlot(new StopSignal(), () -> order.add(place)));
    }
    Thread.sleep(LONG_MILLIS);
    end.countDown();
    for (Future<?> each : all) {
      each.get();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(slots.taken()).isZero();
  }

  @Test
  void whoIsStoppedLeavesTheQueueAndTakesNoSlot() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    StopSignal stop = new StopSignal();
    Future<?> first = inSlot(new StopSignal(), end::await);
    Future<?> stopped = inSlot(stop, () -> order.add(1));
    Future<?> last = inSlot(new StopSignal(), () -> order.add(2));
    stop.raise(StageStopped.Why.CANCELLED);
    assertThatThrownBy(stopped::get).hasCauseInstanceOf(StageStopped.class);
    assertThat(slots.taken()).isOne();
    end.countDown();
    first.get();
    last.get();
    assertThat(order).containsExactly(2);
    assertThat(slots.taken()).isZero();
  }

  @Test
  void whatFailsGivesItsSlotBack() throws Exception {
    Future<?> failing =
        inSlot(
            new StopSignal(),
            () -> {
              throw new IllegalStateException("on purpose");
            });
    assertThatThrownBy(failing::get).hasRootCauseMessage("on purpose");
    assertThat(slots.taken()).isZero();
  }

  /** On a thread of its own; returns once it computes or waits. */
  private Future<?> inSlot(StopSignal stop, Work work) throws InterruptedException {
    CountDownLatch there = new CountDownLatch(1);
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                slots.compute(
                    stop,
                    there::countDown,
                    () -> {
                      there.countDown();
                      work.run();
                      return null;
                    });
                end.complete(null);
              } catch (Exception e) {
                end.completeExceptionally(e);
              }
            });
    thread.start();
    there.await();
    return end;
  }

  private interface Work {
    void run() throws Exception;
  }
}
