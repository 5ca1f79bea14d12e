package dev.kedge.data;

/**
 * A candidate of a part that is no picture.
 *
 * @param path where it lay in the source
 * @param label of its class
 * @param reason what is wrong with it
 */
record LeftOut(String path, int label, String reason) {
  Quarantined quarantined() {
    return new Quarantined(path, reason);
  }
}
