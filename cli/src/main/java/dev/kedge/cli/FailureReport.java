package dev.kedge.cli;

import com.google.common.base.Throwables;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.cli.file.InvalidFileException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The one place where a failure becomes words for people and an exit code. */
final class FailureReport implements IExecutionExceptionHandler {
  private final Terminal terminal;
  private final KedgeCommand root;

  FailureReport(Terminal terminal, KedgeCommand root) {
    this.terminal = terminal;
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (statusOf(failure).isPresent()) {
      return remote(failure, statusOf(failure).get());
    }
    if (failure instanceof InvalidFileException || failure instanceof UserMistakeException) {
      terminal.err().println(failure.getMessage());
      return ExitCode.REFUSED;
    }
    if (failure instanceof NoSuchFileException missing) {
      terminal.err().println("no such file: " + missing.getFile());
      return ExitCode.NOT_FOUND;
    }
    terminal.err().println(local(failure));
    return ExitCode.FAILED;
  }

  /** The fields that a gateway complains about; empty for any other failure. */
  static List<FieldViolation> violations(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? List.of()
        : status.getDetailsList().stream()
            .filter(detail -> detail.is(BadRequest.class))
            .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
            .toList();
  }

  private int remote(Exception failure, Status status) {
    if (status.getCode() == Status.Code.UNAVAILABLE && isFromTheNetwork(failure)) {
      terminal
          .err()
          .printf(
              "no gateway answers at %s: start one with `kedge up`, or name another with"
                  + " --server%n",
              root.server());
      return ExitCode.UNAVAILABLE;
    }
    String text = status.getDescription();
    terminal.err().println(text == null ? "the gateway answered " + status.getCode() : text);
    for (FieldViolation violation : violations(failure)) {
      // A single problem is the message itself.
      if (!violation.getDescription().equals(text)) {
        terminal.err().println("  " + violation.getField() + ": " + violation.getDescription());
      }
    }
    return code(status.getCode());
  }

  /** What a gateway answers carries details; a broken connection does not. */
  private static boolean isFromTheNetwork(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null || status.getDetailsCount() == 0;
  }

  private static int code(Status.Code code) {
    return switch (code) {
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          ALREADY_EXISTS,
          OUT_OF_RANGE,
          ABORTED,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          UNIMPLEMENTED ->
          ExitCode.REFUSED;
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String local(Exception failure) {
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      return "cannot read or write: " + failure.getMessage();
    }
    return "kedge broke: %s. Please report it.".formatted(failure);
  }

  private static Optional<Status> statusOf(Throwable failure) {
    for (Throwable cause : Throwables.getCausalChain(failure)) {
      if (cause instanceof StatusRuntimeException answered) {
        return Optional.of(answered.getStatus());
      }
      if (cause instanceof StatusException answered) {
        return Optional.of(answered.getStatus());
      }
    }
    return Optional.empty();
  }

  private static BadRequest unpack(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException e) {
      return BadRequest.getDefaultInstance();
    }
  }
}
