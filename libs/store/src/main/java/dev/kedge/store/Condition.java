package dev.kedge.store;

import java.util.Map;

/** What must hold of a key for a write to it to happen; judged by the store, atomically. */
public sealed interface Condition {
  /** Write whatever is there. */
  Condition ALWAYS = new Always();

  /** Write only if nothing is there. */
  Condition IF_ABSENT = new IfAbsent();

  /** Writes only if what is there is still what was read with this ETag. */
  static Condition ifUnchanged(String etag) {
    return new IfUnchanged(etag);
  }

  /** The HTTP headers that say so. */
  Map<String, String> headers();

  /** No condition. */
  record Always() implements Condition {
    @Override
    public Map<String, String> headers() {
      return Map.of();
    }
  }

  /** {@code If-None-Match: *}. */
  record IfAbsent() implements Condition {
    @Override
    public Map<String, String> headers() {
      return Map.of("If-None-Match", "*");
    }
  }

  /**
   * {@code If-Match}.
   *
   * @param etag as the store gave it, without quotes
   */
  record IfUnchanged(String etag) implements Condition {
    @Override
    public Map<String, String> headers() {
      return Map.of("If-Match", '"' + etag + '"');
    }
  }
}
