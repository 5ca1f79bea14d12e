package dev.kedge.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.kedge.process.FreeSpace;
import dev.kedge.process.HeaderText;
import dev.kedge.store.StoreException;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The one place where a failure becomes what a client sees. */
public final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final String DOMAIN = "kedge.dev";

  /** The JSON parser speaks of its settings where it means a line. */
  private static final Pattern PARSER_SOURCE =
      Pattern.compile("\\[Source: REDACTED[^;]*; (line: \\d+, column: \\d+)]");

  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private Failures() {}

  /** A status with an {@code ErrorInfo} and, for an invalid request, its fields. */
  public static StatusRuntimeException toStatus(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return StatusProto.toStatusRuntimeException(status(refusal), pushback(refusal.patience()));
    }
    if (failure instanceof StatusRuntimeException clientGone) {
      return clientGone;
    }
    if (failure instanceof StoreException.Full) {
      LOG.warn("the store is full", failure);
      return StatusProto.toStatusRuntimeException(
          status(
                  Code.RESOURCE_EXHAUSTED,
                  "STORE_FULL",
                  "the object store is full: what was asked for was not done; try again once there"
                      + " is room in it")
              .build(),
          pushback(Optional.empty()));
    }
    if (failure instanceof StoreException.Unavailable) {
      LOG.warn("the store is out of reach", failure);
      return StatusProto.toStatusRuntimeException(
          status(Code.UNAVAILABLE, "STORE_UNAVAILABLE", "the object store is out of reach")
              .build());
    }
    if (failure instanceof StoreException.Refused) {
      LOG.error("the store refuses what is asked of it", failure);
      return StatusProto.toStatusRuntimeException(
          status(
                  Code.FAILED_PRECONDITION,
                  "STORE_REFUSED",
                  "the object store does not let the gateway do this: let the operator compare the"
                      + " gateway's log with what its key may do (docs/security.md)")
              .build());
    }
    if (failure instanceof StoreException.TooNew) {
      LOG.error("this gateway is older than what it reads", failure);
      return StatusProto.toStatusRuntimeException(
          status(Code.FAILED_PRECONDITION, "RECORD_TOO_NEW", failure.getMessage()).build());
    }
    if (failure instanceof StoreException.Corrupt) {
      LOG.error("the store is damaged", failure);
      return lost("DATA_SPOILT", failure);
    }
    if (failure instanceof StoreException.Lost) {
      LOG.error("the store has lost something", failure);
      return lost("DATA_MISSING", failure);
    }
    if (failure instanceof StoreException.NotFound) {
      LOG.infof("something that was asked for is not in the store: %s", failure.getMessage());
      return StatusProto.toStatusRuntimeException(
          status(
                  Code.NOT_FOUND,
                  "OBJECT_NOT_FOUND",
                  failure.getMessage() + ": nobody stored it, or somebody deleted it meanwhile")
              .build());
    }
    if (FreeSpace.ranOut(failure)) {
      LOG.error("the gateway's disk is full", failure);
      return StatusProto.toStatusRuntimeException(
          status(
                  Code.RESOURCE_EXHAUSTED,
                  "DISK_FULL",
                  "the gateway's disk is full: what was asked for was not done; try again once"
                      + " somebody has made room there")
              .build(),
          pushback(Optional.empty()));
    }
    LOG.error("a request broke", failure);
    return StatusProto.toStatusRuntimeException(
        status(Code.INTERNAL, "UNEXPECTED", "a bug, to be reported with the gateway's log")
            .build());
  }

  /**
   * What gRPC's clients go by that try again by themselves: after how long, or not at all.
   *
   * @param patience empty where waiting alone does not help
   */
  private static Metadata pushback(Optional<Duration> patience) {
    Metadata trailers = new Metadata();
    trailers.put(PUSHBACK, Long.toString(patience.map(Duration::toMillis).orElse(-1L)));
    return trailers;
  }

  private static StatusRuntimeException lost(String reason, Throwable failure) {
    return StatusProto.toStatusRuntimeException(
        status(
                Code.DATA_LOSS,
                reason,
                failure.getMessage()
                    + ": launch the experiment that made it again, or import it again")
            .build());
  }

  private static Status status(Refusal refusal) {
    Status.Builder status = status(refusal.code(), refusal.reason(), refusal.getMessage());
    if (!refusal.violations().isEmpty()) {
      status.addDetails(Any.pack(new FittingViolations(refusal.violations()).message()));
    }
    refusal
        .patience()
        .map(wait -> RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(wait.toMillis())))
        .ifPresent(again -> status.addDetails(Any.pack(again.build())));
    return status.build();
  }

  private static Status.Builder status(Code code, String reason, String message) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(
            HeaderText.shortened(
                PARSER_SOURCE.matcher(message).replaceAll("$1"), FittingViolations.LONGEST_MESSAGE))
        .addDetails(Any.pack(ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason).build()));
  }
}
