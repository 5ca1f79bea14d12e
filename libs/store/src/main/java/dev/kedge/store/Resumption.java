package dev.kedge.store;

/**
 * Saved progress, verified and laid out to be read.
 *
 * @param progress what was saved
 * @param view its files; closed with this
 */
public record Resumption(Progress progress, ArtifactView view) implements AutoCloseable {
  @Override
  public void close() {
    view.close();
  }
}
