package dev.kedge.store.archive;

import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectInfo;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * An object of the store that goes into an archive.
 *
 * @param kind what it is there
 * @param subject the digest or the stage's key that it is of
 * @param name in the archive
 * @param key in the store
 * @param size bytes
 */
record Packed(EntryKind kind, String subject, String name, String key, long size)
    implements Comparable<Packed> {
  private static final Comparator<Packed> ORDER =
      Comparator.comparing(Packed::kind).thenComparing(Packed::name);

  /** An object of a project; empty where it is none of those that are carried. */
  static Optional<Packed> of(ObjectInfo object, String root) {
    String path = object.key().substring(root.length());
    for (EntryKind kind : EntryKind.values()) {
      Matcher matcher = kind.inStore().matcher(path);
      if (matcher.matches()) {
        String name = kind.name(matcher, object.size());
        return Optional.of(new Packed(kind, matcher.group(1), name, object.key(), object.size()));
      }
    }
    return Optional.empty();
  }

  /** What a blob's name says that it is. */
  Blob blob() {
    return new Blob(new Digest(subject), size);
  }

  @Override
  public int compareTo(Packed other) {
    return ORDER.compare(this, other);
  }
}
