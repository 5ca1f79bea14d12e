package dev.kedge.tensors;

import java.util.regex.Pattern;

/** Patterns of tensor names: {@code *} stands for any characters, {@code ?} for one. */
final class NameGlob {
  private NameGlob() {}

  static boolean fits(String glob, String name) {
    String expression = "\\Q" + glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.matches(expression, name);
  }
}
