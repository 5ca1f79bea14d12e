package dev.kedge.cli.merge;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.transfer.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A new folder that appears under its name only once it is complete. Until then its files are in a
 * folder beside it, which an interrupted merge leaves behind and the next one removes.
 */
final class MergedFolder {
  /** The file that tells what the weights were made from. */
  static final String RECIPE = "recipe.json";

  private final Path folder;
  private final Path partial;

  /**
   * Checks that the folder can be made.
   *
   * @throws UserMistakeException if something is there already
   */
  MergedFolder(Path folder) throws IOException {
    this.folder = folder.toAbsolutePath().normalize();
    this.partial = this.folder.resolveSibling(this.folder.getFileName() + ".partial");
    if (Files.exists(this.folder) && !Folders.isEmpty(this.folder)) {
      throw new UserMistakeException(folder + " is there and not empty: name a new folder");
    }
  }

  /** Puts files into a folder. */
  interface Contents {
    void write(Path into) throws IOException;
  }

  /**
   * Makes the folder.
   *
   * @param bytes what the contents will take
   * @throws UserMistakeException if there is not so much space
   */
  void make(long bytes, Contents contents) throws IOException {
    Folders.delete(partial);
    Files.createDirectories(partial);
    try {
      requireSpace(bytes);
      contents.write(partial);
      Files.deleteIfExists(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(partial);
    }
  }

  private void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(partial).getUsableSpace();
    if (free < bytes) {
      throw new UserMistakeException(
          "%s needs %,d MB, but only %,d MB are free there: make room, or name another place"
              .formatted(folder, bytes / 1_000_000, free / 1_000_000));
    }
  }
}
