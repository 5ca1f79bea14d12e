package dev.kedge.evaluation.instructions;

import java.util.Locale;
import java.util.Map;

/** What must be in a text, how often, or not at all. Keywords are regular expressions. */
final class KeywordChecks {
  static final Map<String, Check> ALL =
      Map.of(
          "keywords:existence", KeywordChecks::existence,
          "keywords:frequency", KeywordChecks::frequency,
          "keywords:forbidden_words", KeywordChecks::forbiddenWords,
          "keywords:letter_frequency", KeywordChecks::letterFrequency,
          "punctuation:no_comma", (text, arguments) -> text.indexOf(',') < 0);

  private KeywordChecks() {}

  private static boolean existence(String text, Arguments arguments) {
    return arguments.texts("keywords").stream()
        .allMatch(word -> Blanks.patternOfAnyCase(word).matcher(text).find());
  }

  private static boolean frequency(String text, Arguments arguments) {
    long count = Blanks.count(Blanks.patternOfAnyCase(arguments.text("keyword")), text);
    return arguments.allows(count, "frequency", "relation");
  }

  private static boolean forbiddenWords(String text, Arguments arguments) {
    return arguments.texts("forbidden_words").stream()
        .noneMatch(word -> Blanks.patternOfAnyCase("\\b" + word + "\\b").matcher(text).find());
  }

  private static boolean letterFrequency(String text, Arguments arguments) {
    int letter = arguments.text("letter").toLowerCase(Locale.ROOT).codePointAt(0);
    long count = text.toLowerCase(Locale.ROOT).codePoints().filter(each -> each == letter).count();
    return arguments.allows(count, "let_frequency", "let_relation");
  }
}
