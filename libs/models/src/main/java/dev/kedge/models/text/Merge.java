package dev.kedge.models.text;

import java.nio.file.Path;

/** Two neighbouring tokens that become one. */
record Merge(String left, String right) {

  /** Reads a line of merges.txt; {@code file} is named when it is malformed. */
  static Merge parse(String line, Path file) {
    String[] pair = line.strip().split(" ", -1);
    if (pair.length != 2) {
      throw new IllegalArgumentException(
          file + ": '" + line + "' should be two tokens with a blank between them");
    }
    return new Merge(pair[0], pair[1]);
  }

  String merged() {
    return left + right;
  }

  String line() {
    return left + " " + right;
  }
}
