package dev.kedge.e2e;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waiting for what other processes do. */
final class Patience {
  private static final long LOOK_EVERY_MILLIS = 300;

  private Patience() {}

  /** Something that may be true, or that cannot be known yet. */
  @FunctionalInterface
  interface Question {
    boolean answer() throws Exception;
  }

  /**
   * Asks until it is true.
   *
   * @throws IllegalStateException if it does not come true in time, with the last exception
   */
  static void until(Duration most, String what, Question question) throws InterruptedException {
    answer(most, what, () -> question.answer() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Asks until there is an answer.
   *
   * @throws IllegalStateException if there is none in time, with the last exception
   */
  static <T> T answer(Duration most, String what, Callable<Optional<T>> question)
      throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    Exception last = null;
    while (System.nanoTime() < end) {
      try {
        Optional<T> answer = question.call();
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception notYet) {
        last = notYet;
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    throw new IllegalStateException(
        "did not come true in %d s: %s".formatted(most.toSeconds(), what), last);
  }
}
