package dev.kedge.worker;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.kedge.stage.v1.Progress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;

/**
 * A failed call as the workflow understands it.
 *
 * @param status what the call ended with
 * @param info what the service said about it; empty where the call did not get so far
 */
record ServiceFailure(Status status, Optional<ErrorInfo> info) {
  static ServiceFailure of(StatusRuntimeException failure) {
    return new ServiceFailure(failure.getStatus(), info(failure));
  }

  private static Optional<ErrorInfo> info(StatusRuntimeException failure) {
    for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return Optional.of(detail.unpack(ErrorInfo.class));
        } catch (InvalidProtocolBufferException unreadable) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** The service itself did not speak: it, or the way to it, is gone for now. */
  boolean isLossOfSight() {
    return info.isEmpty()
        && switch (status.getCode()) {
          case UNAVAILABLE, CANCELLED, UNKNOWN, INTERNAL -> true;
          default -> false;
        };
  }

  /**
   * The failure with its reason as type; its details are the blame, how far the work was, and how
   * long it had computed.
   */
  ApplicationFailure toApplicationFailure(Progress last) {
    return ApplicationFailure.newBuilder()
        .setType(info.map(ErrorInfo::getReason).orElse("SERVICE_" + status.getCode()))
        .setMessage(String.valueOf(status.getDescription()))
        .setDetails(blame(), last.getDone(), last.getComputeSeconds())
        .setNonRetryable(!isRetryable())
        .build();
  }

  private String blame() {
    return info.map(said -> said.getMetadataOrDefault("blame", "INTERNAL"))
        .orElse(isLossOfSight() ? "RESOURCES" : "INTERNAL");
  }

  private boolean isRetryable() {
    return info.map(said -> Boolean.parseBoolean(said.getMetadataOrDefault("retryable", "false")))
        .orElse(isLossOfSight());
  }
}
