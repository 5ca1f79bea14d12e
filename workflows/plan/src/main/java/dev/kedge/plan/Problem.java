package dev.kedge.plan;

/**
 * One mistake in an experiment file.
 *
 * @param path the place, for example {@code methods[1].l2.lambda[0]}
 * @param message the value, what is wrong with it, and the remedy
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
