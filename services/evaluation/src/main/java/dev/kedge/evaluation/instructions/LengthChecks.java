package dev.kedge.evaluation.instructions;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How long a text is, and how its paragraphs begin. */
final class LengthChecks {
  static final Map<String, Check> ALL =
      Map.of(
          "length_constraints:number_words", LengthChecks::words,
          "length_constraints:number_paragraphs", LengthChecks::paragraphs,
          "length_constraints:nth_paragraph_first_word", LengthChecks::firstWord);

  private static final Pattern WORD = Blanks.pattern("\\w+");
  private static final Pattern STARS = Blanks.pattern("\\s?\\*\\*\\*\\s?");
  private static final Pattern EMPTY_LINE = Blanks.pattern("\n\n");
  private static final Pattern WHITE = Blanks.pattern("\\s+");
  private static final Pattern OPENING_QUOTES = Pattern.compile("\\A'*\"*");

  private LengthChecks() {}

  private static boolean words(String text, Arguments arguments) {
    return arguments.allows(Blanks.count(WORD, text), "num_words", "relation");
  }

  /** Parted by three asterisks; an empty one counts nowhere, and may stand at an end alone. */
  private static boolean paragraphs(String text, Arguments arguments) {
    List<String> parts = Blanks.parts(STARS, text);
    int count = parts.size();
    for (int i = 0; i < parts.size(); i++) {
      if (Blanks.isBlank(parts.get(i))) {
        if (i > 0 && i < parts.size() - 1) {
          return false;
        }
        count--;
      }
    }
    return count == arguments.number("num_paragraphs");
  }

  /** Parted by empty lines; the number of paragraphs is asked for, too. */
  private static boolean firstWord(String text, Arguments arguments) {
    List<String> parts = Blanks.parts(EMPTY_LINE, text);
    long count = parts.stream().filter(part -> !Blanks.isBlank(part)).count();
    int nth = arguments.number("nth_paragraph");
    if (nth > count || Blanks.isBlank(parts.get(nth - 1))) {
      return false;
    }
    return count == arguments.number("num_paragraphs")
        && firstWord(parts.get(nth - 1))
            .equals(arguments.text("first_word").toLowerCase(Locale.ROOT));
  }

  /** Up to its first punctuation mark, in lower case. */
  private static String firstWord(String paragraph) {
    String word = WHITE.split(Blanks.stripped(paragraph), 2)[0];
    String bare = OPENING_QUOTES.matcher(word).replaceFirst("");
    return bare.split("[.,?!'\"]", 2)[0].toLowerCase(Locale.ROOT);
  }
}
