package dev.kedge.stage;

import java.util.regex.Pattern;

/** A piece of work in a project. */
record StageId(String project, String key) {
  private static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  /** Refuses names that could lead to another place in the store. */
  StageId {
    if (!PROJECT.matcher(project).matches()) {
      throw StageException.user(
          "BAD_PROJECT",
          "'%s' is no project id: a letter, then up to 62 letters, digits or hyphens, all lower case"
              .formatted(project));
    }
    if (!KEY.matcher(key).matches()) {
      throw StageException.user(
          "BAD_KEY", "'%s' is no stage key: 64 hexadecimal digits".formatted(key));
    }
  }

  @Override
  public String toString() {
    return project + "/" + key;
  }
}
