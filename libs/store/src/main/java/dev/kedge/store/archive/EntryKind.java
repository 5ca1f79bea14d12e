package dev.kedge.store.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an archive carries, in the order in which it comes. The first group of both patterns is a
 * digest or a stage's key, the second what tells several of them apart.
 */
enum EntryKind {
  /** A file's bytes; by their digest and, in an archive, their number. */
  BLOB("blobs/sha256/[0-9a-f]{2}/HEX", "blobs/HEX-(\\d{1,18})"),
  /** A list of files; by its digest. */
  ARTIFACT("artifacts/HEX\\.json", "artifacts/HEX\\.json"),
  /** What a stage came to; by its key. */
  RESULT("stages/HEX/result\\.json", "results/HEX\\.json"),
  /** What a stage told on the way to its result; by its key, epoch and sequence. */
  EVENT("stages/HEX/events/CURSOR\\.json", "events/HEX/CURSOR\\.json");

  private static final String HEX = "([0-9a-f]{64})";
  private static final String CURSOR = "(\\d{10}-\\d{10})";

  private final Pattern inStore;
  private final Pattern inArchive;

  EntryKind(String inStore, String inArchive) {
    this.inStore = pattern(inStore);
    this.inArchive = pattern(inArchive);
  }

  private static Pattern pattern(String form) {
    return Pattern.compile(form.replace("HEX", HEX).replace("CURSOR", CURSOR));
  }

  /** Its path within the project. */
  Pattern inStore() {
    return inStore;
  }

  /** Its name in an archive. */
  Pattern inArchive() {
    return inArchive;
  }

  /** The name in an archive of what lies at a path and has so many bytes. */
  String name(Matcher path, long size) {
    String name = path.group(1);
    return switch (this) {
      case BLOB -> "blobs/%s-%d".formatted(name, size);
      case ARTIFACT -> "artifacts/%s.json".formatted(name);
      case RESULT -> "results/%s.json".formatted(name);
      case EVENT -> "events/%s/%s.json".formatted(name, path.group(2));
    };
  }
}
