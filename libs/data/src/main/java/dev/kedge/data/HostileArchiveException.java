package dev.kedge.data;

/**
 * A folder or an archive that reaches outside itself (absolute path, {@code ..}, link) or unpacks
 * to far more than it should. Refused as a whole.
 */
public final class HostileArchiveException extends DataException {

  public HostileArchiveException(String message) {
    super(message);
  }
}
