package dev.kedge.cli.file;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A file that somebody wrote and that cannot be read; holds every problem that was found. */
public final class InvalidFileException extends RuntimeException {
  private final String file;
  private final Kind kind;
  private final transient List<FileProblem> problems;

  /** What the file is for. */
  public enum Kind {
    /** An experiment. */
    EXPERIMENT,
    /** A merge of local models. */
    MERGE
  }

  /**
   * Tells all problems.
   *
   * @param file the file's name
   * @param problems what was found, here or by the gateway
   */
  public InvalidFileException(Kind kind, String file, List<FileProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", headline(kind, file), "")));
    this.kind = kind;
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /** What stands above the problems. */
  public String headline() {
    return headline(kind, file);
  }

  /** A constant for programs. */
  public String reason() {
    return kind + "_INVALID";
  }

  private static String headline(Kind kind, String file) {
    return "%s is not a valid %s file:".formatted(file, kind.name().toLowerCase(Locale.ROOT));
  }

  /** All problems, in the file's order. */
  public List<FileProblem> problems() {
    return problems;
  }
}
