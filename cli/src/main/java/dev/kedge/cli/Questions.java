package dev.kedge.cli;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Questions to whoever sits at the terminal, in place of options that were not given. */
final class Questions {
  private static final Pattern BLANKS = Pattern.compile("[\\s,]+");

  private final Terminal terminal;
  private final BufferedReader answers;

  Questions(Terminal terminal) {
    this.terminal = terminal;
    answers = new BufferedReader(new InputStreamReader(terminal.in(), Charset.defaultCharset()));
  }

  /**
   * One word.
   *
   * @param option what would have said it
   * @throws UserMistakeException where nobody answers
   */
  String one(String option, String question) {
    String answer = answer(option, question);
    if (answer.isBlank()) {
      throw noAnswer(option);
    }
    return answer.strip();
  }

  private String answer(String option, String question) {
    if (!terminal.interactive()) {
      throw new UserMistakeException(option + " is missing: give it, or call this at a terminal");
    }
    terminal.err().print(question + ": ");
    terminal.err().flush();
    try {
      String line = answers.readLine();
      if (line == null) {
        throw noAnswer(option);
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UserMistakeException noAnswer(String option) {
    return new UserMistakeException("no answer, and %s was not given".formatted(option));
  }

  /**
   * One of a few, or the usual one where the answer is blank.
   *
   * @throws UserMistakeException where the answer is none of them, or nobody answers
   */
  <T extends Enum<T>> T choice(String option, String question, T usual) {
    List<T> choices = List.of(usual.getDeclaringClass().getEnumConstants());
    String names = choices.stream().map(Questions::lower).collect(joining(", "));
    String answer = answer(option, "%s: %s [%s]".formatted(question, names, lower(usual)));
    if (answer.isBlank()) {
      return usual;
    }
    return choices.stream()
        .filter(each -> each.name().equalsIgnoreCase(answer.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistakeException(
                    "`%s` is no answer: write one of %s".formatted(answer.strip(), names)));
  }

  /** As above: several words, with blanks or commas between them. */
  List<String> several(String option, String question) {
    return BLANKS.splitAsStream(one(option, question + ", several with blanks between")).toList();
  }

  private static String lower(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
