package dev.kedge.data.source;

import java.util.List;

/**
 * One file of a tree.
 *
 * @param path relative, with {@code /}
 * @param bytes its size as the tree tells it; an archive may lie
 * @param isRegular false for a FIFO, a socket or a device, which has nothing to read
 */
public record TreeFile(String path, long bytes, boolean isRegular) {
  /** Why one that is not regular is left out. */
  public static final String IRREGULAR = "a FIFO, a socket or a device, no file";

  /** A regular file. */
  TreeFile(String path, long bytes) {
    this(path, bytes, true);
  }

  /** The same file elsewhere. */
  TreeFile at(String elsewhere) {
    return new TreeFile(elsewhere, bytes, isRegular);
  }

  /** Folders and, last, the file's own name. */
  public List<String> parts() {
    return List.of(path.split("/", -1));
  }
}
