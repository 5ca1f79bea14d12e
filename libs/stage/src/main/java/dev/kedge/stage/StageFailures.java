package dev.kedge.stage;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.kedge.process.FreeSpace;
import dev.kedge.process.HeaderText;
import dev.kedge.store.StoreException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The one place where a failure becomes what a caller sees. */
final class StageFailures {
  private static final String DOMAIN = "kedge.dev";
  private static final int LONGEST_CAUSE_CHAIN = 20;

  /**
   * Bytes of a status' message. It travels in headers, of which gRPC clients take 8 KiB, as text
   * where every byte may become three and once more among the details. The stage's log has all.
   */
  private static final int LONGEST_MESSAGE = 1_500;

  private StageFailures() {}

  /** A status whose {@code ErrorInfo} carries the reason and, as metadata, blame and retryable. */
  static StatusRuntimeException toStatus(Throwable failure) {
    StageException known = known(failure);
    return failure instanceof StageStopped stopped
        ? status(stoppedCode(stopped.why()), known)
        : status(code(known), known);
  }

  /** What the caller is told: the failure with its reason, or why the stage was stopped. */
  static StageException known(Throwable failure) {
    return failure instanceof StageStopped stopped ? stopped(stopped) : classify(failure);
  }

  /** Whether the service's own log should show where it came from. */
  static boolean isBug(Throwable failure) {
    return !(failure instanceof StageStopped) && classify(failure).blame() == Blame.INTERNAL;
  }

  /** The failure with its blame; what nobody foresaw is internal. */
  static StageException classify(Throwable failure) {
    if (failure instanceof StageException known) {
      return known;
    }
    if (failure instanceof StoreException store) {
      return ofStore(store);
    }
    if (anyCause(failure, StageFailures::isOutOfMemory)) {
      return StageException.resources(
          "OUT_OF_MEMORY",
          "memory ran out: use smaller batches or a larger machine; " + failure.getMessage(),
          failure);
    }
    if (FreeSpace.ranOut(failure)) {
      return StageException.resources(
          "DISK_FULL", "the disk is full: free space on this machine; " + failure, failure);
    }
    return StageException.internal(
        "UNEXPECTED", "a bug, to be reported with the service's log: " + failure, failure);
  }

  private static StageException ofStore(StoreException failure) {
    String message = failure.getMessage();
    if (failure instanceof StoreException.Full) {
      return StageException.resources("STORE_FULL", message, failure);
    }
    if (failure.isRetryable()) {
      return StageException.resources(
          "STORE_UNAVAILABLE", "the store is out of reach: " + message, failure);
    }
    return new StageException(
        Blame.RESOURCES,
        "STORE_" + kindOf(failure),
        false,
        "the store's fault: " + message,
        failure);
  }

  private static String kindOf(StoreException failure) {
    return failure
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toUpperCase(Locale.ROOT);
  }

  private static StageException stopped(StageStopped stopped) {
    boolean retryable = stopped.why() != StageStopped.Why.CANCELLED;
    return new StageException(
        Blame.RESOURCES, "STAGE_" + stopped.why(), retryable, stopped.getMessage(), stopped);
  }

  private static Code stoppedCode(StageStopped.Why why) {
    return why == StageStopped.Why.CANCELLED ? Code.CANCELLED : Code.ABORTED;
  }

  private static Code code(StageException failure) {
    return switch (failure.blame()) {
      case USER -> Code.INVALID_ARGUMENT;
      case RESOURCES -> Code.UNAVAILABLE;
      case INTERNAL -> Code.INTERNAL;
    };
  }

  private static StatusRuntimeException status(Code code, StageException failure) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(failure.reason())
            .putMetadata("blame", failure.blame().name())
            .putMetadata("retryable", Boolean.toString(failure.retryable()))
            .build();
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(HeaderText.shortened(failure.getMessage(), LONGEST_MESSAGE))
            .addDetails(Any.pack(info))
            .build());
  }

  private static boolean anyCause(Throwable failure, Predicate<Throwable> matches) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(LONGEST_CAUSE_CHAIN)
        .anyMatch(matches);
  }

  /** The heap's, a device's, or libtorch's on the processor. */
  private static boolean isOutOfMemory(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || says(failure, "out of memory")
        || says(failure, "can't allocate memory");
  }

  private static boolean says(Throwable failure, String text) {
    return failure.getMessage() != null
        && failure.getMessage().toLowerCase(Locale.ROOT).contains(text);
  }
}
