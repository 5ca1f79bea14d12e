package dev.kedge.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;

/**
 * A stream to a client that sends no faster than the client reads.
 *
 * @param <T> what is sent
 */
final class PacedStream<T> {
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final ServerCallStreamObserver<T> to;
  private final Duration patience;

  /**
   * Nothing is sent yet.
   *
   * @param patience how long a client that reads nothing is waited for: it holds a thread, and a
   *     place among few where it exports something
   */
  PacedStream(ServerCallStreamObserver<T> to, Duration patience) {
    this.to = to;
    this.patience = patience;
    to.setOnReadyHandler(this::wake);
    to.setOnCancelHandler(this::wake);
  }

  /**
   * Sends one message once there is room for it.
   *
   * @throws io.grpc.StatusRuntimeException CANCELLED where the client has gone
   * @throws Refusal where it reads nothing
   */
  synchronized void send(T message) {
    long begin = System.nanoTime();
    try {
      while (!to.isReady() && !to.isCancelled()) {
        wait(LOOK_AGAIN_MILLIS);
        if (!to.isReady() && System.nanoTime() - begin > patience.toNanos()) {
          throw Refusal.aborted(
              "READER_IDLE",
              "nothing of the answer was read for %d s: ask again, and read it as it comes"
                  .formatted(patience.toSeconds()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.ABORTED.withDescription("the gateway is stopping").asRuntimeException();
    }
    if (to.isCancelled()) {
      throw Status.CANCELLED.asRuntimeException();
    }
    to.onNext(message);
  }

  private synchronized void wake() {
    notifyAll();
  }
}
