package dev.kedge.store;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which paths a file of an artifact may have: relative, downwards, the same on every system. */
final class ArtifactPath {
  private static final int MAX_LENGTH = 512;
  private static final Pattern NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,255}");
  private static final Set<String> SPECIAL = Set.of(".", "..");

  private ArtifactPath() {}

  static void require(String path) {
    List<String> names = List.of(path.split("/", -1));
    if (path.length() > MAX_LENGTH || !names.stream().allMatch(ArtifactPath::isPlainName)) {
      throw new IllegalArgumentException(
          "\""
              + path
              + "\" is no path inside an artifact: write plain names with / between them,"
              + " without a leading /, \\, . or ..");
    }
  }

  private static boolean isPlainName(String name) {
    return NAME.matcher(name).matches() && !SPECIAL.contains(name);
  }

  /** Refuses {@code a} beside {@code a/b}. */
  static void requireNoFileInsideAFile(Set<String> paths) {
    for (String path : paths) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        if (paths.contains(path.substring(0, slash))) {
          throw new IllegalArgumentException(
              "\"" + path + "\" lies inside \"" + path.substring(0, slash) + "\", which is a file");
        }
      }
    }
  }
}
