package dev.kedge.cli.merge;

import dev.kedge.cli.UserMistakeException;
import dev.kedge.cli.transfer.Folders;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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

  /** Less than this is a full disk. */
  private static final long NOTHING = 1 << 20;

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
   * @throws UserMistakeException if no folder can be made there, or there is not so much space
   */
  void make(long bytes, Contents contents) throws IOException {
    begin();
    try {
      requireSpace(bytes);
      write(contents);
      Files.deleteIfExists(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(partial);
    }
  }

  private void begin() throws IOException {
    Folders.delete(partial);
    try {
      Files.createDirectories(partial);
    } catch (FileSystemException e) {
      throw new UserMistakeException(
          "the folder %s cannot be made: %s; name another place".formatted(folder, why(e)));
    }
  }

  private static String why(FileSystemException failure) {
    if (failure instanceof AccessDeniedException) {
      return "no permission for " + failure.getFile();
    }
    return failure.getReason() == null
        ? "there can be no " + failure.getFile()
        : "%s: %s".formatted(failure.getFile(), failure.getReason());
  }

  private void requireSpace(long bytes) throws IOException {
    long free = free();
    if (free < bytes) {
      throw new UserMistakeException(
          "%s needs %,d bytes, but only %,d are free there: make room, or name another place"
              .formatted(folder, bytes, free));
    }
  }

  /** What others write meanwhile may still fill the disk. */
  private void write(Contents contents) throws IOException {
    try {
      contents.write(partial);
    } catch (IOException e) {
      if (free() >= NOTHING) {
        throw e;
      }
      throw new UserMistakeException(
          "the disk of %s became full, and nothing was kept: make room, or name another place"
              .formatted(folder));
    }
  }

  private long free() throws IOException {
    return Files.getFileStore(partial).getUsableSpace();
  }
}
