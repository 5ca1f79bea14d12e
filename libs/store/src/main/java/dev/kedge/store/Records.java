package dev.kedge.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A project's experiments, models, datasets and aliases: small JSON documents, each changed only by
 * whoever has seen its current version.
 */
public final class Records {
  private static final String SUFFIX = ".json";

  /** What the other parts of a project's store own. */
  private static final Set<String> RESERVED = Set.of("blobs", "artifacts", "stages", "garbage");

  private final ObjectStore objects;
  private final String prefix;
  private final RecordCopies copies;

  Records(ObjectStore objects, String prefix, RecordCopies copies) {
    this.objects = objects;
    this.prefix = prefix;
    this.copies = copies;
  }

  /**
   * Makes a record.
   *
   * @param path names with {@code /} between them, such as {@code models/clip-base}
   * @throws StoreException.ConditionFailed if there is one already
   */
  public VersionedRecord create(String path, byte[] json) {
    return write(path, json, Condition.IF_ABSENT);
  }

  /**
   * Replaces a record.
   *
   * @param version of the content the caller has seen
   * @throws StoreException.ConditionFailed if it has changed since, or is gone; read it again
   */
  public VersionedRecord replace(String path, byte[] json, String version) {
    return write(path, json, Condition.ifUnchanged(version));
  }

  private VersionedRecord write(String path, byte[] json, Condition condition) {
    return kept(new VersionedRecord(path, json, objects.put(key(path), json, condition)));
  }

  private VersionedRecord kept(VersionedRecord record) {
    copies.keep(key(record.path()), record);
    return record;
  }

  /** Reads a record, if there is one. */
  public Optional<VersionedRecord> find(String path) {
    try {
      StoredObject found = objects.get(key(path));
      return Optional.of(kept(new VersionedRecord(path, found.bytes(), found.etag())));
    } catch (StoreException.NotFound none) {
      return Optional.empty();
    }
  }

  /**
   * Reads a page of records in the order of their paths; of what is known here, the listing alone.
   *
   * @param collection path they lie under, such as {@code experiments}
   * @param after path of the last one seen; empty for the first page
   * @param limit at most so many
   */
  public List<VersionedRecord> list(String collection, String after, int limit) {
    String start = after.isEmpty() ? "" : key(after);
    requireRecordPath(collection);
    return objects.list(prefix + collection + "/", start, limit).stream()
        .flatMap(listed -> copies.find(listed).or(() -> find(pathOf(listed))).stream())
        .toList();
  }

  /** Removes a record; one that is not there is fine. */
  public void delete(String path) {
    objects.delete(key(path));
  }

  private String pathOf(ObjectInfo info) {
    String key = info.key();
    return key.substring(prefix.length(), key.length() - SUFFIX.length());
  }

  private String key(String path) {
    requireRecordPath(path);
    return prefix + path + SUFFIX;
  }

  private static void requireRecordPath(String path) {
    ArtifactPath.require(path);
    if (RESERVED.contains(path.replaceFirst("/.*", ""))) {
      throw new IllegalArgumentException("\"" + path + "\" is not the place of a record");
    }
  }
}
