package dev.kedge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for files on their way, one for each process, so that what a killed process left behind
 * can be told from what a living one needs.
 */
final class Scratch {
  private Scratch() {}

  /** Removes what dead processes left and gives this process its folder. */
  static Path under(Path directory) throws IOException {
    Path own = directory.resolve(Long.toString(ProcessHandle.current().pid()));
    Files.createDirectories(own);
    List<Path> all;
    try (Stream<Path> folders = Files.list(directory)) {
      all = folders.toList();
    }
    for (Path folder : all) {
      if (!isOfLivingProcess(folder)) {
        FileTree.delete(folder);
      }
    }
    return own.toRealPath();
  }

  private static boolean isOfLivingProcess(Path folder) {
    return ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).isPresent();
  }
}
