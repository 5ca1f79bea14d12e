package dev.kedge.tensors;

import java.util.regex.Pattern;

/** Patterns of tensor names: {@code *} stands for any characters, {@code ?} for one. */
public final class NameGlob {
  private NameGlob() {}

  /** Whether a name is one that the pattern stands for. */
  public static boolean fits(String glob, String name) {
    String expression = "\\Q" + glob.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.matches(expression, name);
  }
}
