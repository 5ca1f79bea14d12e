package dev.kedge.store;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;

/**
 * This process's copies of records, of all projects, so that a list reads those alone that have
 * changed since it was last read: the store's listing says of each which version it has.
 */
public final class RecordCopies {
  private static final long MOST_BYTES = 64L << 20;

  private final Cache<String, VersionedRecord> copies =
      CacheBuilder.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String key, VersionedRecord record) -> key.length() + record.bytes().length)
          .build();

  /** The content that this version has, if it is here. */
  Optional<VersionedRecord> find(ObjectInfo version) {
    return Optional.ofNullable(copies.getIfPresent(version.key()))
        .filter(record -> record.version().equals(version.etag()));
  }

  void keep(String key, VersionedRecord record) {
    copies.put(key, record);
  }
}
