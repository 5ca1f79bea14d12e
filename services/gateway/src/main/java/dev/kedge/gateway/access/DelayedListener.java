package dev.kedge.gateway.access;

import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps what happens to a call until it is known who listens.
 *
 * @param <Q> the request
 */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {
  private final Queue<Consumer<ServerCall.Listener<Q>>> waiting = new ArrayDeque<>();
  private ServerCall.Listener<Q> listener;

  /** Tells a listener all that has happened, and from now on what happens. */
  synchronized void hand(ServerCall.Listener<Q> to) {
    listener = to;
    waiting.forEach(event -> event.accept(to));
    waiting.clear();
  }

  private synchronized void happened(Consumer<ServerCall.Listener<Q>> event) {
    if (listener == null) {
      waiting.add(event);
    } else {
      event.accept(listener);
    }
  }

  @Override
  public void onMessage(Q message) {
    happened(to -> to.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    happened(ServerCall.Listener::onHalfClose);
  }

  @Override
  public void onCancel() {
    happened(ServerCall.Listener::onCancel);
  }

  @Override
  public void onComplete() {
    happened(ServerCall.Listener::onComplete);
  }

  @Override
  public void onReady() {
    happened(ServerCall.Listener::onReady);
  }
}
