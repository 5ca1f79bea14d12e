package dev.kedge.data.source;

import dev.kedge.data.HostileArchiveException;
import java.util.ArrayList;
import java.util.List;

/** Judges the paths that a tree gives its files. */
final class TreePath {
  /** More is no name that people gave. */
  private static final int MOST_LETTERS = 1024;

  private static final int SHOWN = 60;

  private TreePath() {}

  /**
   * The path without empty and {@code .} parts.
   *
   * @throws HostileArchiveException if it is longer than paths are, or leads outside the tree on
   *     any operating system
   */
  static String checked(String path) {
    if (path.length() > MOST_LETTERS) {
      throw refused(path.substring(0, SHOWN) + "…", "has %,d letters".formatted(path.length()));
    }
    if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
      throw refused(path, "is absolute");
    }
    if (path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
      throw refused(
          path.replaceAll("\\p{IsControl}", "?"), "has a backslash or a control character");
    }
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        throw refused(path, "leads upwards");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  static HostileArchiveException refused(String path, String why) {
    return new HostileArchiveException(
        "the path '%s' %s: pack the data again with plain relative files".formatted(path, why));
  }

  /**
   * What is hidden, as its name begins with a dot or a folder's around it does, and what file
   * managers leave behind: nobody's data.
   */
  static boolean isLitter(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return ("/" + path).contains("/.")
        || ("/" + path).contains("/__MACOSX/")
        || name.equalsIgnoreCase("Thumbs.db")
        || name.equalsIgnoreCase("desktop.ini");
  }
}
