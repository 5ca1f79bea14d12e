package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The content of {@code lease.json}.
 *
 * @param epoch fencing token: one more at every claim
 * @param claim random, tells this claim from every other
 * @param holder who holds it, for people
 * @param beat renewals so far; each gives the object a new ETag
 * @param released whether the holder let go
 * @param profile numerics profile of the first claim
 */
record LeaseDocument(
    long epoch, String claim, String holder, long beat, boolean released, JsonNode profile) {

  LeaseDocument renewed() {
    return new LeaseDocument(epoch, claim, holder, beat + 1, false, profile);
  }

  LeaseDocument asReleased() {
    return new LeaseDocument(epoch, claim, holder, beat + 1, true, profile);
  }

  LeaseDocument takenOver(String newClaim, String newHolder) {
    return new LeaseDocument(epoch + 1, newClaim, newHolder, 0, false, profile);
  }
}
