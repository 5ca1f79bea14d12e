package dev.kedge.store;

import java.util.Optional;

/** One stage's {@code lease.json}, read and written conditionally. */
record LeaseObject(ObjectStore objects, String key) {
  /** A lease as read. */
  record Read(LeaseDocument document, String etag) {}

  Optional<Read> read() {
    try {
      StoredObject object = objects.get(key);
      LeaseDocument document = CanonicalJson.read(object.bytes(), LeaseDocument.class, key);
      return Optional.of(new Read(document, object.etag()));
    } catch (StoreException.NotFound none) {
      return Optional.empty();
    }
  }

  /**
   * Writes under a condition. If the store says that it does not hold, looks whether that is only
   * because an earlier try of this very write did get through and its answer was lost.
   *
   * @return the new ETag, or empty if somebody else was first
   */
  Optional<String> write(LeaseDocument document, Condition condition) {
    try {
      return Optional.of(objects.put(key, CanonicalJson.write(document), condition));
    } catch (StoreException.ConditionFailed e) {
      return read().filter(found -> isSameClaim(found, document)).map(Read::etag);
    }
  }

  private static boolean isSameClaim(Read found, LeaseDocument document) {
    return found.document().claim().equals(document.claim());
  }
}
