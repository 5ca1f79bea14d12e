package dev.kedge.store;

import java.util.regex.Pattern;

/** Names that become one part of an object's key. */
final class StoreName {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,199}");

  private StoreName() {}

  /** Returns the name, or refuses one that could reach outside its place. */
  static String require(String name, String what) {
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "\""
              + name
              + "\" is no "
              + what
              + ": write up to 200 letters, digits, dots, colons, hyphens and underscores,"
              + " beginning with a letter or digit");
    }
    return name;
  }
}
