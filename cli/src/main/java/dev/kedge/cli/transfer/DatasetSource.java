package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What is uploaded for a data set. */
public final class DatasetSource {
  private DatasetSource() {}

  /** A tar as it is; a folder as a tar. */
  public static List<Upload> at(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return List.of(FolderTar.of(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    String name = path.getFileName().toString();
    if (!name.endsWith(".tar")) {
      throw new UserMistakeException(
          "%s is neither a folder nor a .tar: unpack it, or pack its CLASS/NAME.jpg as a tar"
              .formatted(path));
    }
    return List.of(Upload.of(name, path));
  }
}
