package dev.kedge.tensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of a model, wherever they lie. */
public interface ModelFiles {
  /** What a file is called in errors. */
  Path path(String name);

  /** Whether there is a file of this name. */
  boolean has(String name);

  /** Opens a file that is there. */
  FileBytes open(String name) throws IOException;

  /** The files of a folder on this machine's disk. */
  static ModelFiles in(Path folder) {
    return new ModelFiles() {
      @Override
      public Path path(String name) {
        return folder.resolve(name);
      }

      @Override
      public boolean has(String name) {
        return Files.exists(path(name));
      }

      @Override
      public FileBytes open(String name) throws IOException {
        return LocalFile.open(path(name));
      }
    };
  }
}
