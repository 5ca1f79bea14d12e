package dev.kedge.data.source;

import java.util.List;

/**
 * One file of a tree.
 *
 * @param path relative, with {@code /}
 * @param bytes its size as the tree tells it; an archive may lie
 */
public record TreeFile(String path, long bytes) {

  /** Folders and, last, the file's own name. */
  public List<String> parts() {
    return List.of(path.split("/", -1));
  }
}
