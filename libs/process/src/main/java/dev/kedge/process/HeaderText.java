package dev.kedge.process;

import java.nio.charset.StandardCharsets;

/** Text that has to fit into a header, as a status' message has. */
public final class HeaderText {
  private HeaderText() {}

  /**
   * The beginning of a text.
   *
   * @param most bytes in UTF-8
   */
  public static String shortened(String text, int most) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
      return text;
    }
    String cut = text.substring(0, text.offsetByCodePoints(0, fitting(text, most)));
    return cut + "…";
  }

  /** How many characters fit. */
  private static int fitting(String text, int most) {
    int bytes = 0;
    int characters = 0;
    for (int point : text.codePoints().limit(most).toArray()) {
      bytes += new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > most) {
        break;
      }
      characters++;
    }
    return characters;
  }
}
