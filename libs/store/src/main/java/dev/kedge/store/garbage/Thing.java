package dev.kedge.store.garbage;

/**
 * What stays or goes as a whole.
 *
 * @param name a stage's key, a digest
 */
record Thing(Kind kind, String name) {
  /**
   * Where it lies within the project; of a stage and its progress the folder, with {@code /} at its
   * end.
   */
  String place() {
    return kind.place(name);
  }
}
