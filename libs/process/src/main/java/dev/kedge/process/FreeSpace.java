package dev.kedge.process;

import com.google.common.base.Ascii;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** How much fits on a disk. */
public final class FreeSpace {
  private static final int LONGEST_CAUSE_CHAIN = 20;

  private FreeSpace() {}

  /**
   * Bytes that are free where a folder is, or will be made.
   *
   * @param folder may not exist yet
   */
  public static long at(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !there.toFile().exists()) {
      there = there.getParent();
    }
    return there.toFile().getUsableSpace();
  }

  /**
   * Whether something failed since a disk was full, or somebody's share of it. Libraries in C++ say
   * so in exceptions of their own, so that only the system's words tell.
   */
  public static boolean ranOut(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(LONGEST_CAUSE_CHAIN)
        .map(cause -> Ascii.toLowerCase(String.valueOf(cause.getMessage())))
        .anyMatch(
            said -> Stream.of("no space left", "disk quota exceeded").anyMatch(said::contains));
  }
}
