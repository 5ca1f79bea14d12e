package dev.kedge.stage;

import dev.kedge.stage.v1.Progress;
import java.time.Duration;
import java.util.function.Consumer;

/** Lets one progress through per interval; the newest held back follows with {@link #flush}. */
final class ProgressThrottle {
  private final long intervalNanos;
  private final Consumer<Progress> publish;
  private Progress heldBack;
  private long publishedAt;
  private boolean first = true;

  ProgressThrottle(Duration interval, Consumer<Progress> publish) {
    this.intervalNanos = interval.toNanos();
    this.publish = publish;
  }

  synchronized void offer(Progress progress) {
    heldBack = progress;
    if (first || System.nanoTime() - publishedAt >= intervalNanos) {
      flush();
    }
  }

  synchronized void flush() {
    if (heldBack != null) {
      publish.accept(heldBack);
      heldBack = null;
      publishedAt = System.nanoTime();
      first = false;
    }
  }
}
