package dev.kedge.compute;

import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Something that is looked for when it is first asked for. What was found is kept; what was not is
 * looked for again, since a GPU may be busy for a while, and missed aloud once.
 */
final class CachedProbe<T> {
  private static final Logger LOG = Logger.getLogger(CachedProbe.class);

  private final Supplier<Optional<T>> search;
  private final Supplier<Optional<String>> warning;
  private Optional<T> found = Optional.empty();
  private boolean said;

  /**
   * Looks for nothing yet.
   *
   * @param warning what to warn of where it is not found; nothing if that is as it should be
   */
  CachedProbe(Supplier<Optional<T>> search, Supplier<Optional<String>> warning) {
    this.search = search;
    this.warning = warning;
  }

  synchronized Optional<T> get() {
    if (found.isEmpty()) {
      found = search.get();
      if (found.isEmpty() && !said) {
        warning.get().ifPresent(LOG::warn);
        said = true;
      }
    }
    return found;
  }
}
