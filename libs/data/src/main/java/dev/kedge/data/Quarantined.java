package dev.kedge.data;

/**
 * A file that was left out.
 *
 * @param path where it lay in the source
 * @param reason what is wrong with it
 */
public record Quarantined(String path, String reason) {
  @Override
  public String toString() {
    return path + " (" + reason + ")";
  }
}
