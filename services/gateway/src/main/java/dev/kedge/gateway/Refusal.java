package dev.kedge.gateway;

import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A request that is not carried out, with what its sender can do about it. */
public final class Refusal extends RuntimeException {
  private final Code code;
  private final String reason;
  private final transient List<FieldViolation> violations;
  private final Duration patience;

  private Refusal(
      Code code, String reason, String message, List<FieldViolation> violations, Throwable cause) {
    this(code, reason, message, violations, null, cause);
  }

  private Refusal(
      Code code,
      String reason,
      String message,
      List<FieldViolation> violations,
      Duration patience,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.violations = violations;
    this.patience = patience;
  }

  /** A field holds what it must not. */
  public static Refusal invalid(String reason, String field, String message) {
    return invalid(reason, field, message, null);
  }

  /** A field holds what it must not. */
  public static Refusal invalid(String reason, String field, String message, Throwable cause) {
    return new Refusal(
        Code.INVALID_ARGUMENT, reason, message, List.of(violation(field, message)), cause);
  }

  /** Several fields do. */
  public static Refusal invalid(String reason, String message, List<FieldViolation> violations) {
    return new Refusal(Code.INVALID_ARGUMENT, reason, message, List.copyOf(violations), null);
  }

  /** What was named does not exist. */
  public static Refusal notFound(String reason, String message) {
    return new Refusal(Code.NOT_FOUND, reason, message, List.of(), null);
  }

  /** Nobody knows who asks. */
  public static Refusal unauthenticated(String reason, String message) {
    return new Refusal(Code.UNAUTHENTICATED, reason, message, List.of(), null);
  }

  /** Whoever asks may not. */
  public static Refusal denied(String reason, String message) {
    return new Refusal(Code.PERMISSION_DENIED, reason, message, List.of(), null);
  }

  /** The state of things does not allow it now. */
  public static Refusal wrongState(String reason, String message) {
    return new Refusal(Code.FAILED_PRECONDITION, reason, message, List.of(), null);
  }

  /** What was kept is not there any more, or not as it was. */
  public static Refusal lost(String reason, String message, Throwable cause) {
    return new Refusal(Code.DATA_LOSS, reason, message, List.of(), cause);
  }

  /** Something that the gateway needs does not answer. Trying again later may help. */
  public static Refusal unavailable(String reason, String message) {
    return new Refusal(Code.UNAVAILABLE, reason, message, List.of(), null);
  }

  /**
   * Whoever asks does so too often.
   *
   * @param patience how long to wait before it is asked again
   */
  public static Refusal tooMany(String reason, String message, Duration patience) {
    return new Refusal(Code.RESOURCE_EXHAUSTED, reason, message, List.of(), patience, null);
  }

  /** There is no room for it; waiting alone makes none. */
  public static Refusal noRoom(String reason, String message) {
    return new Refusal(Code.RESOURCE_EXHAUSTED, reason, message, List.of(), null);
  }

  /** Somebody else changed the same thing at the same time. */
  public static Refusal contended(String message) {
    return new Refusal(Code.ABORTED, "CONTENDED", message, List.of(), null);
  }

  /** It began and came to nothing; its sender may begin again. */
  public static Refusal aborted(String reason, String message) {
    return new Refusal(Code.ABORTED, reason, message, List.of(), null);
  }

  /** One field and what is wrong with it. */
  public static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }

  Code code() {
    return code;
  }

  String reason() {
    return reason;
  }

  List<FieldViolation> violations() {
    return violations;
  }

  /** When it may be asked again; empty where waiting alone does not help. */
  Optional<Duration> patience() {
    return Optional.ofNullable(patience);
  }
}
