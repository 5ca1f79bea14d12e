package dev.kedge.models.torch;

/** A failure inside libtorch or on the way to it; the message says which call failed. */
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TorchException(String message, Throwable cause) {
    super(message, cause);
  }
}
