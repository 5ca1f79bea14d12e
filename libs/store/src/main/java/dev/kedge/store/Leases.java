package dev.kedge.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.LeaseObject.Read;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Who works on which stage. A lease is expired once its object has not changed for the time to live
 * on this observer's own clock, counted from when this observer first saw it; clocks of different
 * machines are never compared. So a holder's renewals must be well under the time to live apart,
 * and an observer has to ask again to find out.
 */
public final class Leases {
  private final ObjectStore objects;
  private final String prefix;
  private final Duration timeToLive;
  private final LongSupplier nanoClock;
  private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

  Leases(ObjectStore objects, String prefix, Duration timeToLive, LongSupplier nanoClock) {
    if (timeToLive.isNegative() || timeToLive.isZero()) {
      throw new IllegalArgumentException("leases cannot live for " + timeToLive);
    }
    this.objects = objects;
    this.prefix = prefix;
    this.timeToLive = timeToLive;
    this.nanoClock = nanoClock;
  }

  /**
   * Tries to get the right to work on a stage, once.
   *
   * @param holder the caller's name for people, such as {@code training-0}
   * @param profile numerics profile to be kept if this is the stage's first claim
   */
  public Claim claim(String stageKey, String holder, JsonNode profile) {
    LeaseObject object = new LeaseObject(objects, key(stageKey));
    Optional<Read> current = object.read();
    String id = UUID.randomUUID().toString();
    if (current.isEmpty()) {
      LeaseDocument first = new LeaseDocument(1, id, holder, 0, false, profile);
      return write(object, first, Condition.IF_ABSENT, Optional.empty());
    }
    Read found = current.get();
    if (!found.document().released() && !isExpired(stageKey, found.etag())) {
      return held(found.document());
    }
    return write(
        object,
        found.document().takenOver(id, holder),
        Condition.ifUnchanged(found.etag()),
        Optional.of(found.document()).filter(before -> !before.released()).map(Leases::held));
  }

  private static Claim write(
      LeaseObject object, LeaseDocument document, Condition condition, Optional<Claim.Held> lost) {
    Optional<String> etag = object.write(document, condition);
    if (etag.isPresent()) {
      return new Claim.Won(new Lease(object, document, etag.get()), lost);
    }
    return object
        .read()
        .map(winner -> held(winner.document()))
        .orElseThrow(() -> new StoreException.Unavailable(object.key() + " came and went", null));
  }

  private static Claim.Held held(LeaseDocument document) {
    return new Claim.Held(document.holder(), document.epoch());
  }

  private boolean isExpired(String stageKey, String etag) {
    long now = nanoClock.getAsLong();
    Sighting sighting =
        sightings.compute(
            stageKey,
            (key, last) ->
                last != null && last.etag().equals(etag) ? last : new Sighting(etag, now));
    return now - sighting.sinceNanos() >= timeToLive.toNanos();
  }

  /** Who holds a stage, if anybody; a lease that has expired still shows here. */
  public Optional<Claim.Held> holder(String stageKey) {
    return new LeaseObject(objects, key(stageKey))
        .read()
        .filter(found -> !found.document().released())
        .map(found -> held(found.document()));
  }

  private String key(String stageKey) {
    return prefix + StoreName.require(stageKey, "stage key") + "/lease.json";
  }

  private record Sighting(String etag, long sinceNanos) {}
}
