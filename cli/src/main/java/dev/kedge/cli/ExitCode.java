package dev.kedge.cli;

/** What the command tells the shell. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The experiment did not succeed, waits for people or is paused, or something broke. */
  static final int FAILED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** What was named does not exist. */
  static final int NOT_FOUND = 3;

  /** The request was refused: an invalid file, a name that is taken, a wrong state. */
  static final int REFUSED = 4;

  /** The gateway cannot be reached, or cannot answer now. Trying again later may help. */
  static final int UNAVAILABLE = 5;

  private ExitCode() {}
}
