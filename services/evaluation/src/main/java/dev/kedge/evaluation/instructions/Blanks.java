package dev.kedge.evaluation.instructions;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** White space as Python has it, and patterns that mean what they mean there. */
final class Blanks {
  /** A line ends with a line feed alone, and classes of characters are Unicode's. */
  private static final int AS_IN_PYTHON =
      Pattern.UNIX_LINES | Pattern.MULTILINE | Pattern.UNICODE_CHARACTER_CLASS;

  private static final Pattern AT_AN_END =
      Pattern.compile("\\A[\\s\\x1c-\\x1f]+|[\\s\\x1c-\\x1f]+\\z", Pattern.UNICODE_CHARACTER_CLASS);

  private Blanks() {}

  static String stripped(String text) {
    return AT_AN_END.matcher(text).replaceAll("");
  }

  static boolean isBlank(String text) {
    return stripped(text).isEmpty();
  }

  static Pattern pattern(String source) {
    return Pattern.compile(source, AS_IN_PYTHON);
  }

  static Pattern patternOfAnyCase(String source) {
    return Pattern.compile(source, AS_IN_PYTHON | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  /** All that matches. */
  static List<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(each -> each.group()).toList();
  }

  /** What stands between the matches, empty texts included. */
  static List<String> parts(Pattern pattern, String text) {
    return List.of(pattern.split(text, -1));
  }
}
