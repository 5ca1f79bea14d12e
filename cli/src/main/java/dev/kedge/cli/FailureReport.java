package dev.kedge.cli;

import com.google.common.base.Throwables;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import dev.kedge.cli.file.FileProblem;
import dev.kedge.cli.view.Visible;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.security.cert.CertPathBuilderException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a failure becomes words for people, JSON for programs, and an exit code. */
final class FailureReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private final Terminal terminal;
  private final KedgeCommand root;

  FailureReport(Terminal terminal, KedgeCommand root) {
    this.terminal = terminal;
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return tell(
        statusOf(failure)
            .map(status -> remote(failure, status))
            .orElseGet(() -> LocalFailure.of(failure)),
        root.json());
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String message = "%s: see `%s`".formatted(mistake(failure), help);
    boolean json = Arrays.asList(args).contains("--json");
    if (!json && isWithoutSubcommand(failure)) {
      command.usage(terminal.err());
      return ExitCode.USAGE;
    }
    return tell(new Failure(ExitCode.USAGE, Status.Code.INVALID_ARGUMENT, "USAGE", message), json);
  }

  /** The fields that a gateway complains about; empty for any other failure. */
  static List<FieldViolation> violations(Throwable failure) {
    return details(failure, BadRequest.class).stream()
        .flatMap(request -> request.getFieldViolationsList().stream())
        .toList();
  }

  private int tell(Failure failure, boolean json) {
    terminal.err().println(json ? failure.json() : Visible.text(failure.words()));
    return failure.exit();
  }

  private static boolean isWithoutSubcommand(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    return failure.getClass() == ParameterException.class && !command.getSubcommands().isEmpty();
  }

  private static String mistake(ParameterException failure) {
    boolean unknown =
        failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption();
    CommandLine command = failure.getCommandLine();
    if (unknown && !command.getSubcommands().isEmpty()) {
      String given = ((UnmatchedArgumentException) failure).getUnmatched().get(0);
      return "`%s` is no command of %s".formatted(given, command.getCommandSpec().qualifiedName());
    }
    return failure.getMessage();
  }

  private Failure remote(Exception failure, Status status) {
    if (status.getCode() == Status.Code.UNAVAILABLE && isFromTheNetwork(failure)) {
      return new Failure(
          ExitCode.UNAVAILABLE,
          status.getCode(),
          "GATEWAY_UNREACHABLE",
          (isDistrusted(failure)
                  ? "%s shows a certificate that no known authority has signed for it: if it is yours, name its authority in KEDGE_CA"
                  : "no gateway answers at %s: start one with `kedge up`, or name another with --server")
              .formatted(root.server()));
    }
    String text = status.getDescription();
    return new Failure(
        exitCode(status.getCode()),
        status.getCode(),
        details(failure, ErrorInfo.class).stream().map(ErrorInfo::getReason).findFirst().orElse(""),
        text == null ? "the gateway answered " + status.getCode() : text,
        violations(failure).stream()
            .map(field -> new FileProblem(field.getField(), 0, field.getDescription()))
            .toList());
  }

  /** What a gateway answers carries details; a broken connection does not. */
  private static boolean isFromTheNetwork(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null || status.getDetailsCount() == 0;
  }

  private static boolean isDistrusted(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .anyMatch(CertPathBuilderException.class::isInstance);
  }

  private static int exitCode(Status.Code code) {
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

  private static <T extends Message> List<T> details(Throwable failure, Class<T> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? List.of()
        : status.getDetailsList().stream()
            .filter(detail -> detail.is(type))
            .map(detail -> unpack(detail, type))
            .toList();
  }

  private static <T extends Message> T unpack(Any detail, Class<T> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the gateway sent a damaged detail of an error", e);
    }
  }
}
