package dev.kedge.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where finished parts are kept, so that interrupted work goes on from them. Not asked where all of
 * the data is one part.
 */
public interface FinishedParts {
  /** Keeps nothing. */
  FinishedParts NONE =
      new FinishedParts() {
        @Override
        public Optional<Path> find(String part) {
          return Optional.empty();
        }

        @Override
        public void keep(String part, Path folder) {}
      };

  /**
   * The folder that was kept of a part.
   *
   * @param part which of the source's records it has; another one for each part of a source
   */
  Optional<Path> find(String part) throws IOException;

  /** Keeps the files in a folder, which may go afterwards. */
  void keep(String part, Path folder) throws IOException;
}
