package dev.kedge.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
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
    if (!terminal.interactive()) {
      throw new UserMistakeException(option + " is missing: give it, or call this at a terminal");
    }
    terminal.err().print(question + ": ");
    terminal.err().flush();
    try {
      String line = answers.readLine();
      if (line == null || line.isBlank()) {
        throw new UserMistakeException("no answer, and %s was not given".formatted(option));
      }
      return line.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As above: several words, with blanks or commas between them. */
  List<String> several(String option, String question) {
    return BLANKS.splitAsStream(one(option, question + ", several with blanks between")).toList();
  }
}
