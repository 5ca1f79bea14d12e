package dev.kedge.cli.file;

/**
 * One thing that is wrong in an experiment file.
 *
 * @param path where, for example {@code methods[1].l2.lambda}; empty for the file as a whole
 * @param line the line, counted from 1; 0 where it is not known
 * @param message what is wrong and what to do about it
 */
public record FileProblem(String path, int line, String message) {
  @Override
  public String toString() {
    String place = line > 0 ? "line %d: ".formatted(line) : "";
    return path.isEmpty() ? place + message : place + path + ": " + message;
  }
}
