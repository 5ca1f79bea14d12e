package dev.kedge.store;

import com.google.common.base.Throwables;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.ServerException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.util.Set;

/**
 * Turns the S3 client's many exceptions into the store's few.
 *
 * @param store where it is, for people
 */
record S3Failure(URI store) {
  /** Codes that S3 sends with a client-error status although trying again helps. */
  private static final Set<String> PASSING = Set.of("RequestTimeout", "SlowDown");

  /** How MinIO and Ceph say that a disk or a quota is full. */
  private static final Set<String> FULL =
      Set.of("XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "QuotaExceeded");

  private static final int INSUFFICIENT_STORAGE = 507;

  /**
   * Says what went wrong.
   *
   * @param request what was asked, such as {@code read bucket/key}
   */
  StoreException of(String request, Exception failure) {
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
        "cannot " + request + ": the object store " + store + silence(failure), failure);
  }

  private static String silence(Exception failure) {
    boolean isDistrusted =
        Throwables.getCausalChain(failure).stream()
            .anyMatch(CertificateException.class::isInstance);
    return isDistrusted
        ? " shows a certificate that is not believed (%s): name who has signed it in kedge.s3.authority, and the store as its certificate does"
            .formatted(Throwables.getRootCause(failure).getMessage())
        : " does not answer: " + Throwables.getRootCause(failure);
  }

  private StoreException ofAnswer(String request, ErrorResponseException answer) {
    String code = answer.errorResponse().code();
    if (FULL.contains(code)) {
      return full(request, code, answer);
    }
    return PASSING.contains(code)
        ? new StoreException.Unavailable("cannot " + request + " now: " + code, answer)
        : ofStatus(request, answer.response().code(), code, answer);
  }

  private StoreException ofStatus(String request, int status, String code, Exception e) {
    String said = "cannot " + request + ": HTTP " + status + " " + code;
    return switch (status) {
      case 404 -> new StoreException.NotFound(said, e);
      case 416 -> new StoreException.Corrupt(said + ": the object is too short", e);
      case 412 -> new StoreException.ConditionFailed(said, e);
      // 409 is how S3 answers a conditional write that crossed another request: nothing was decided
      case 409, 429 -> new StoreException.Unavailable(said, e);
      case INSUFFICIENT_STORAGE -> full(request, "HTTP " + status, e);
      default ->
          status >= 500
              ? new StoreException.Unavailable(said, e)
              : new StoreException.Refused(said + ": check keys and permissions", e);
    };
  }

  private StoreException full(String request, String said, Exception e) {
    return new StoreException.Full(
        "cannot %s: the object store %s is full (%s): make room there"
            .formatted(request, store, said),
        e);
  }
}
