package dev.kedge.evaluation;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * When two texts are the same. Blanks count, as in lm-evaluation-harness's exact match.
 *
 * @param ignoreCase lower and upper case are the same
 * @param ignorePunctuation ASCII punctuation counts for nothing
 */
record Likeness(boolean ignoreCase, boolean ignorePunctuation) {
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  boolean of(String text, String other) {
    return reduced(text).equals(reduced(other));
  }

  private String reduced(String text) {
    String same = ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    return ignorePunctuation ? PUNCTUATION.matcher(same).replaceAll("") : same;
  }
}
