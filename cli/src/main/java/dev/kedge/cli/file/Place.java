package dev.kedge.cli.file;

/**
 * A place in the experiment file.
 *
 * @param path names joined by dots, list positions in brackets; empty for the whole file
 */
record Place(String path) {
  static final Place FILE = new Place("");

  Place field(String name) {
    return new Place(path.isEmpty() ? name : path + "." + name);
  }

  Place element(int index) {
    return new Place("%s[%d]".formatted(path, index));
  }

  /** True for the other place and for all that is inside it. */
  boolean isWithin(Place other) {
    return path.equals(other.path)
        || path.startsWith(other.path + ".")
        || path.startsWith(other.path + "[");
  }
}
