package dev.kedge.store.garbage;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a project keeps, and what of it is garbage, by kind; a kind of which there is nothing has no
 * entry.
 *
 * @param kept what records name
 * @param waiting what nothing names, and whose time of grace has not run out or not begun
 * @param removed what nothing names and has gone, or would go
 * @param next when the first of what waits may go, if it is marked now; empty where nothing waits
 */
public record Collected(
    Map<Kind, Amount> kept,
    Map<Kind, Amount> waiting,
    Map<Kind, Amount> removed,
    Optional<Instant> next) {

  /**
   * How much there is of a kind.
   *
   * @param things stages, artifacts or blobs
   * @param bytes in the store
   */
  public record Amount(long things, long bytes) {
    Amount and(Amount other) {
      return new Amount(things + other.things, bytes + other.bytes);
    }
  }
}
