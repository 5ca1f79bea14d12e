package dev.kedge.cli;

/** Something that whoever typed the command can put right. */
public final class UserMistakeException extends RuntimeException {
  /**
   * Tells what is wrong.
   *
   * @param message what is wrong, where, and the remedy
   */
  public UserMistakeException(String message) {
    super(message);
  }
}
