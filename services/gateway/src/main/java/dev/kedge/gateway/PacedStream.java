package dev.kedge.gateway;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;

/**
 * A stream to a client that sends no faster than the client reads.
 *
 * @param <T> what is sent
 */
final class PacedStream<T> {
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final ServerCallStreamObserver<T> to;

  PacedStream(ServerCallStreamObserver<T> to) {
    this.to = to;
    to.setOnReadyHandler(this::wake);
    to.setOnCancelHandler(this::wake);
  }

  /**
   * Sends one message once there is room for it.
   *
   * @throws io.grpc.StatusRuntimeException CANCELLED where the client has gone
   */
  synchronized void send(T message) {
    try {
      while (!to.isReady() && !to.isCancelled()) {
        wait(LOOK_AGAIN_MILLIS);
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
