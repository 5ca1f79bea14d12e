package dev.kedge.plan;

import java.util.regex.Pattern;

/** The forms of ids and references. */
final class Naming {
  private static final String NAME = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern ID = Pattern.compile(NAME);
  private static final Pattern TAIL =
      Pattern.compile(NAME + "(@" + NAME + "|/versions/[1-9][0-9]*)?");
  private static final int LONGEST_ID = 40;

  private Naming() {}

  /** Whether a text can be the id of a method, an average or an evaluation. */
  static boolean isId(String text) {
    return text.length() <= LONGEST_ID && ID.matcher(text).matches();
  }

  static String idForm() {
    return "lower-case letters, digits and `-`, at most " + LONGEST_ID;
  }

  /**
   * Whether a text is {@code COLLECTION/NAME}, with {@code @ALIAS} or {@code /versions/V} or
   * without.
   */
  static boolean isReference(String collection, String text) {
    return text.startsWith(collection + "/")
        && TAIL.matcher(text.substring(collection.length() + 1)).matches();
  }

  /** A reference as a part of a stage id: {@code datasets/a/versions/3} is {@code a-v3}. */
  static String shortName(String reference) {
    return reference
        .substring(reference.indexOf('/') + 1)
        .replace("/versions/", "-v")
        .replace('@', '-');
  }
}
