package dev.kedge.gateway.records;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Message;
import dev.kedge.store.VersionedRecord;
import java.util.function.Function;

/**
 * Messages of records as they were read, so that a list parses those alone that have changed since
 * the last one: open pages list once a second.
 *
 * @param <T> the type
 */
public final class Readings<T extends Message> {
  /** Of records: as messages they are several times as large. */
  private static final long MOST_BYTES = 16L << 20;

  /** A list brings one and the same copy of a record for as long as it has not changed. */
  private final Cache<VersionedRecord, T> messages =
      Caffeine.newBuilder()
          .weakKeys()
          .maximumWeight(MOST_BYTES)
          .weigher((VersionedRecord record, T message) -> record.bytes().length)
          .build();

  T get(VersionedRecord record, Function<VersionedRecord, T> read) {
    return messages.get(record, read);
  }
}
