package dev.kedge.store.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * The first entry of an archive: the record, and all that follows.
 *
 * @param format {@link #FORMAT}
 * @param path of the record, such as {@code experiments/01jd…}
 * @param record its content
 * @param companions what else goes with it, for whoever unpacks it
 * @param entries how many others follow
 */
record Header(int format, String path, JsonNode record, JsonNode companions, long entries) {
  /** The name of the entry. */
  static final String NAME = "kedge-archive.json";

  /** Raised when a reader of today could not read what is written then. */
  static final int FORMAT = 1;

  Header {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(companions, "companions");
  }
}
