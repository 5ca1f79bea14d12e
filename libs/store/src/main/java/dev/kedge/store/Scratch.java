package dev.kedge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for files on their way, one for each process, so that what a killed process left behind
 * can be told from what a living one needs.
 */
public final class Scratch {
  private static final String PREFIX = "process-";

  /** What this process has been given: whoever had a folder of the same number before is dead. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private Scratch() {}

  /**
   * Removes what dead processes left and gives this process its folder.
   *
   * @param directory made if missing; anything else in it stays
   */
  public static Path under(Path directory) {
    try {
      Path all = Files.createDirectories(directory).toRealPath();
      Path own = all.resolve(PREFIX + ProcessHandle.current().pid());
      // In a container the next process has the number of the one that was killed.
      boolean isFirst = OWN.add(own);
      for (Path folder : folders(all)) {
        if (folder.equals(own) ? isFirst : !isOfLivingProcess(folder)) {
          FileTree.delete(folder);
        }
      }
      return Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException("no scratch can be kept in " + directory, e);
    }
  }

  private static List<Path> folders(Path all) throws IOException {
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(folder -> name(folder).matches(PREFIX + "[0-9]{1,18}")).toList();
    }
  }

  private static boolean isOfLivingProcess(Path folder) {
    return ProcessHandle.of(Long.parseLong(name(folder).substring(PREFIX.length()))).isPresent();
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }
}
