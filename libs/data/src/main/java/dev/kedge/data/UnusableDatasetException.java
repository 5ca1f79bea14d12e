package dev.kedge.data;

/** A data set that is readable but cannot be trained on or measured with, and why. */
public final class UnusableDatasetException extends DataException {

  public UnusableDatasetException(String message) {
    super(message);
  }

  public UnusableDatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
