package dev.kedge.fuzzing;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a call ended.
 *
 * @param method its bare name
 * @param text the status and all its details, as a client can read them
 * @param info what every refusal has to carry
 */
public record Answer(String method, Status status, String text, Optional<ErrorInfo> info) {
  private static final int SHOWN = 300;

  /** Names of classes, lines of a stack trace, and where things lie on this machine. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\b(java|javax|jdk|sun|io|com|org|dev)\\.[a-z]\\w*\\.\\w+|Exception\\b|\\tat |"
              + Pattern.quote(System.getProperty("java.io.tmpdir"))
              + "/|"
              + Pattern.quote(System.getProperty("user.dir")));

  static Answer of(String method, Status status, Metadata trailers) {
    com.google.rpc.Status details = StatusProto.fromStatusAndTrailers(status, trailers);
    return new Answer(method, status, details.toString(), info(details.getDetailsList()));
  }

  private static Optional<ErrorInfo> info(List<Any> details) {
    return details.stream()
        .filter(detail -> detail.is(ErrorInfo.class))
        .map(Answer::unpacked)
        .findFirst();
  }

  private static ErrorInfo unpacked(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an ErrorInfo that is none", e);
    }
  }

  /** Its status. */
  public Status.Code code() {
    return status.getCode();
  }

  /** A constant that says why; empty if nothing does. */
  public String reason() {
    return info.map(ErrorInfo::getReason).orElse("");
  }

  /** What is wrong with it. */
  Stream<String> faults(Predicate<Answer> right) {
    if (!right.test(this)) {
      return Stream.of(shown("a wrong status"));
    }
    if (status.isOk() || code() == Status.Code.DEADLINE_EXCEEDED) {
      return Stream.empty();
    }
    Stream<String> nameless = info.isEmpty() ? Stream.of(shown("no ErrorInfo")) : Stream.empty();
    Stream<String> telling =
        INSIDE.matcher(text).find() ? Stream.of(shown("tells of the inside")) : Stream.empty();
    return Stream.concat(nameless, telling);
  }

  private String shown(String fault) {
    String whole = "%s: %s: %s %s".formatted(method, fault, code(), text);
    return whole.substring(0, Math.min(SHOWN, whole.length()));
  }
}
