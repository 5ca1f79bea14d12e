package dev.kedge.data;

/**
 * A picture within the limits whose pixels this process's Java heap has no room for. It is no fault
 * of the data: with a larger heap the picture is read.
 */
public final class HeapTooSmallException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HeapTooSmallException(String message) {
    super(message);
  }

  HeapTooSmallException(String path, HeapTooSmallException cause) {
    super("'%s' has %s".formatted(path, cause.getMessage()), cause);
  }
}
