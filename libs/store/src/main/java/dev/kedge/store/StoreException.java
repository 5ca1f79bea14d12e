package dev.kedge.store;

/** Why the store did not do as asked. The kind says what a caller can do about it. */
public abstract sealed class StoreException extends RuntimeException {
  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same request may succeed later without anything being changed. */
  public boolean isRetryable() {
    return false;
  }

  /** There is no such object. */
  public static sealed class NotFound extends StoreException {
    /** Names what is missing. */
    public NotFound(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** An artifact or a blob, which something has named since it was stored, is not there. */
  public static final class Lost extends NotFound {
    /** As the store says it. */
    public Lost(NotFound why) {
      super(why.getMessage(), why);
    }
  }

  /** The condition of a write did not hold: somebody else was there first. */
  public static final class ConditionFailed extends StoreException {
    /** Names the key and the condition. */
    public ConditionFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store cannot be reached or is overloaded. Whether a write happened is not known. */
  public static sealed class Unavailable extends StoreException {
    /** Names the store and what was asked of it. */
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public boolean isRetryable() {
      return true;
    }
  }

  /** There is no room in the store. The same write succeeds once somebody makes some. */
  public static final class Full extends Unavailable {
    /** Names the store and what was to be written. */
    public Full(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The store understood and will not: wrong keys, no permission, or unfit for the purpose. */
  public static final class Refused extends StoreException {
    /** Names what was refused and the remedy. */
    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A record has a form that only a newer Kedge knows. */
  public static final class TooNew extends StoreException {
    /** Names the record and both forms. */
    public TooNew(String message) {
      super(message, null);
    }
  }

  /** The bytes are not those that were promised. */
  public static final class Corrupt extends StoreException {
    /** Names the object, what it should be and what it is. */
    public Corrupt(String message) {
      super(message, null);
    }

    /** As above, with what made it unreadable. */
    public Corrupt(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
