package dev.kedge.store.archive;

/** What was given is no archive, or is not whole. The message says what is wrong with it. */
public final class UnreadableArchiveException extends RuntimeException {
  UnreadableArchiveException(String message) {
    super(message);
  }

  UnreadableArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
