package dev.kedge.store;

import com.google.common.base.Throwables;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.util.Set;

/** Turns the S3 client's many exceptions into the store's few. */
final class S3Failure {
  /** Codes that S3 sends with a client-error status although trying again helps. */
  private static final Set<String> PASSING = Set.of("RequestTimeout", "SlowDown");

  private S3Failure() {}

  /**
   * Says what went wrong.
   *
   * @param request what was asked, such as {@code read bucket/key}
   */
  static StoreException of(String request, Exception failure) {
    for (Throwable cause : Throwables.getCausalChain(failure)) {
      if (cause instanceof StoreException known) {
        return known;
      }
      if (cause instanceof ErrorResponseException answer) {
        return ofAnswer(request, answer);
      }
      if (cause instanceof ServerException answer) {
        return ofStatus(request, answer.statusCode(), "", answer);
      }
    }
    return new StoreException.Unavailable(
        "cannot "
            + request
            + ": the object store does not answer: "
            + Throwables.getRootCause(failure),
        failure);
  }

  private static StoreException ofAnswer(String request, ErrorResponseException answer) {
    String code = answer.errorResponse().code();
    return PASSING.contains(code)
        ? new StoreException.Unavailable("cannot " + request + " now: " + code, answer)
        : ofStatus(request, answer.response().code(), code, answer);
  }

  private static StoreException ofStatus(String request, int status, String code, Exception e) {
    String said = "cannot " + request + ": HTTP " + status + " " + code;
    return switch (status) {
      case 404 -> new StoreException.NotFound(said, e);
      case 416 -> new StoreException.Corrupt(said + ": the object is too short", e);
      case 412 -> new StoreException.ConditionFailed(said, e);
      // 409 is how S3 answers a conditional write that crossed another request: nothing was decided
      case 409, 429 -> new StoreException.Unavailable(said, e);
      default ->
          status >= 500
              ? new StoreException.Unavailable(said, e)
              : new StoreException.Refused(said + ": check keys and permissions", e);
    };
  }
}
