package dev.kedge.cli.file;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody wrote by hand. */
final class TextFile {
  private TextFile() {}

  /**
   * Reads a file.
   *
   * @param wanted what it should be, for the message where it is something else
   */
  static String read(Path file, String wanted) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UserMistakeException("%s is a folder: name %s".formatted(file, wanted));
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UserMistakeException(
          "%s is no text in UTF-8: name %s, which is YAML".formatted(file, wanted));
    }
  }
}
