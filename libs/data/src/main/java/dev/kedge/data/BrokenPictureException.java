package dev.kedge.data;

/** One picture that cannot be decoded, or that is too large to be tried. */
public final class BrokenPictureException extends DataException {

  public BrokenPictureException(String reason) {
    super(reason);
  }

  public BrokenPictureException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
