package dev.kedge.store.garbage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can become garbage, in the order in which it goes: what names before what is named. */
public enum Kind {
  /** What a stage has saved on its way, of which nothing is needed once it has a result. */
  PROGRESS("stages/([^/]+)/progress/.+"),
  /** A stage's result, events and lease. */
  STAGE("stages/([^/]+)/.*"),
  /** A list of files. */
  ARTIFACT("artifacts/([0-9a-f]{64})\\.json"),
  /** A file's bytes. */
  BLOB("blobs/sha256/[0-9a-f]{2}/([0-9a-f]{64})"),
  /** A file whose bytes were not what they should be. */
  SPOILT("blobs/spoilt/([0-9a-f]{64})"),
  /** A file on its way, which nothing names before it is there. */
  ARRIVAL("blobs/arriving/([^/]+)");

  private final Pattern path;

  Kind(String path) {
    this.path = Pattern.compile(path);
  }

  /**
   * Whose object lies at a path; nobody's that has another form.
   *
   * @param path within the project
   */
  static Optional<Thing> thing(String path) {
    for (Kind kind : values()) {
      Matcher matcher = kind.path.matcher(path);
      if (matcher.matches()) {
        return Optional.of(new Thing(kind, matcher.group(1)));
      }
    }
    return Optional.empty();
  }

  /**
   * Where a thing of this kind lies within the project: of a stage and its progress the folder,
   * with {@code /} at its end.
   */
  String place(String name) {
    return switch (this) {
      case PROGRESS -> STAGE.place(name) + "progress/";
      case STAGE -> "stages/" + name + "/";
      case ARTIFACT -> "artifacts/" + name + ".json";
      case BLOB -> "blobs/sha256/" + name.substring(0, 2) + "/" + name;
      case SPOILT -> "blobs/spoilt/" + name;
      case ARRIVAL -> "blobs/arriving/" + name;
    };
  }
}
