package dev.kedge.data;

/** Data from outside that cannot be used as it is: always the data's fault, never the program's. */
public abstract sealed class DataException extends RuntimeException
    permits BrokenPictureException, HostileArchiveException, UnusableDatasetException {

  DataException(String message) {
    super(message);
  }

  DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
