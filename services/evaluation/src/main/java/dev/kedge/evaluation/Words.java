package dev.kedge.evaluation;

import java.util.regex.Pattern;

/**
 * Words as lm-evaluation-harness counts them for perplexities: what white space parts, so that
 * white space at an end of the text makes an empty word.
 */
final class Words {
  /** Python's {@code \s}: Unicode's white space and the four separators of ASCII. */
  private static final Pattern SPACE =
      Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

  private Words() {}

  static int of(String text) {
    return SPACE.split(text, -1).length;
  }
}
