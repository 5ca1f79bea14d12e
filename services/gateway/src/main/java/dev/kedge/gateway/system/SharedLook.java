package dev.kedge.gateway.system;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A look at something, one at a time: who comes while somebody looks waits for what that one finds,
 * so that many who ask cost no more than one.
 *
 * @param <T> what is found
 */
final class SharedLook<T> {
  private final Supplier<T> look;
  private final AtomicReference<CompletableFuture<T>> current = new AtomicReference<>();

  SharedLook(Supplier<T> look) {
    this.look = look;
  }

  /** What is found, or whatever looking throws. */
  T get() {
    var mine = new CompletableFuture<T>();
    CompletableFuture<T> theirs = current.compareAndExchange(null, mine);
    if (theirs != null) {
      return found(theirs);
    }
    try {
      mine.complete(look.get());
    } catch (RuntimeException | Error failed) {
      mine.completeExceptionally(failed);
    } finally {
      current.set(null);
    }
    return found(mine);
  }

  private static <T> T found(CompletableFuture<T> look) {
    try {
      return look.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException told ? told : failed;
    }
  }
}
