package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The right to work on one stage, as its holder has it. Losing sight of the store does not end it:
 * the next {@link #renew} that gets through says whether somebody took over meanwhile. Safe for use
 * by several threads.
 */
public final class Lease {
  private final LeaseObject object;
  private LeaseDocument document;
  private String etag;
  private boolean lost;

  Lease(LeaseObject object, LeaseDocument document, String etag) {
    this.object = object;
    this.document = document;
    this.etag = etag;
  }

  /** Fencing token: larger than that of every claim before. */
  public synchronized long epoch() {
    return document.epoch();
  }

  /** Numerics profile that the stage's first claim came with. */
  public synchronized JsonNode profile() {
    return document.profile();
  }

  /**
   * Shows that the holder lives.
   *
   * @return false if somebody else took over, or the lease was released; then for good
   * @throws StoreException.Unavailable if the store is out of sight; the lease may still be held
   */
  public synchronized boolean renew() {
    return !lost && write(document.renewed());
  }

  /** Lets go, so that the next claim need not wait for the lease to expire. */
  public synchronized void release() {
    if (!lost) {
      write(document.asReleased());
      lost = true;
    }
  }

  private boolean write(LeaseDocument next) {
    Optional<String> written = object.write(next, Condition.ifUnchanged(etag));
    written.ifPresentOrElse(newEtag -> etag = newEtag, () -> lost = true);
    document = next;
    return !lost;
  }
}
