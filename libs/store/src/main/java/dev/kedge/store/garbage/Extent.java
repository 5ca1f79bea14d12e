package dev.kedge.store.garbage;

import dev.kedge.store.ObjectInfo;
import java.time.Instant;

/**
 * How much a thing is.
 *
 * @param bytes of all its objects
 * @param newest when the last of them was written, by the store's clock
 */
record Extent(long bytes, Instant newest) {
  static Extent of(ObjectInfo object) {
    return new Extent(object.size(), object.written());
  }

  Extent and(Extent other) {
    return new Extent(bytes + other.bytes, newest.isAfter(other.newest) ? newest : other.newest);
  }
}
