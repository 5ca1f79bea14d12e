package dev.kedge.store.archive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an archive carries, in the order in which it comes: what is named before what names it. */
enum EntryKind {
  /** A file's bytes; by their digest. */
  BLOB("blobs/sha256/[0-9a-f]{2}/HEX", "blobs/%s"),
  /** A list of files; by its digest. */
  ARTIFACT("artifacts/HEX\\.json", "artifacts/%s.json"),
  /** What a stage told; by its key, epoch and sequence. */
  EVENT("stages/HEX/events/(\\d{10}-\\d{10})\\.json", "events/%s/%s.json"),
  /** What a stage came to; by its key. */
  RESULT("stages/HEX/result\\.json", "results/%s.json");

  private static final String HEX = "([0-9a-f]{64})";

  private final Pattern inStore;
  private final Pattern inArchive;
  private final String form;

  EntryKind(String inStore, String form) {
    this.inStore = Pattern.compile(inStore.replace("HEX", HEX));
    this.inArchive =
        Pattern.compile(
            form.replace(".", "\\.").replaceFirst("%s", HEX).replace("%s", "(\\d{10}-\\d{10})"));
    this.form = form;
  }

  /** Its path within the project. */
  Pattern inStore() {
    return inStore;
  }

  /** Its name in an archive. */
  Pattern inArchive() {
    return inArchive;
  }

  /** The name in an archive of what lies at a path. */
  String name(Matcher path) {
    Object[] parts = new Object[path.groupCount()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = path.group(i + 1);
    }
    return form.formatted(parts);
  }
}
