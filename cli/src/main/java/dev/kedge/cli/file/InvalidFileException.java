package dev.kedge.cli.file;

import java.util.List;
import java.util.stream.Collectors;

/** An experiment file that cannot be read; holds every problem that was found. */
public final class InvalidFileException extends RuntimeException {
  private final String file;
  private final transient List<FileProblem> problems;

  /**
   * Tells all problems.
   *
   * @param file the file's name
   * @param problems what was found, here or by the gateway
   */
  public InvalidFileException(String file, List<FileProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining("", headline(file), "")));
    this.file = file;
    this.problems = List.copyOf(problems);
  }

  /** What stands above the problems. */
  public String headline() {
    return headline(file);
  }

  private static String headline(String file) {
    return file + " is not a valid experiment file:";
  }

  /** All problems, in the file's order. */
  public List<FileProblem> problems() {
    return problems;
  }
}
