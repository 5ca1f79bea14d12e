package dev.kedge.stage;

import java.util.regex.Pattern;

/**
 * A failure that says who has to act. Its message names the value, the place and the remedy; the
 * caller of the service sees it with its reason, blame and retryability.
 */
public final class StageException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{2,62}");

  private final Blame blame;
  private final String reason;
  private final boolean retryable;

  /**
   * @param reason a constant for programs, {@code UPPER_SNAKE_CASE}
   * @param retryable whether the same call may succeed later
   * @param cause may be null
   */
  public StageException(
      Blame blame, String reason, boolean retryable, String message, Throwable cause) {
    super(message, cause);
    if (!REASON.matcher(reason).matches()) {
      throw new IllegalArgumentException("'%s' is not UPPER_SNAKE_CASE".formatted(reason));
    }
    this.blame = blame;
    this.reason = reason;
    this.retryable = retryable;
  }

  /** The spec or its data is wrong. */
  public static StageException user(String reason, String message) {
    return new StageException(Blame.USER, reason, false, message, null);
  }

  /** The spec or its data is wrong. */
  public static StageException user(String reason, String message, Throwable cause) {
    return new StageException(Blame.USER, reason, false, message, cause);
  }

  /** Something ran out or is out of reach; worth another try. */
  public static StageException resources(String reason, String message, Throwable cause) {
    return new StageException(Blame.RESOURCES, reason, true, message, cause);
  }

  /** A bug. */
  public static StageException internal(String reason, String message, Throwable cause) {
    return new StageException(Blame.INTERNAL, reason, false, message, cause);
  }

  /** Who has to act. */
  public Blame blame() {
    return blame;
  }

  /** A constant for programs. */
  public String reason() {
    return reason;
  }

  /** Whether the same call may succeed later. */
  public boolean retryable() {
    return retryable;
  }
}
