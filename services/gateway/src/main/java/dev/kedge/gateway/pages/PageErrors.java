package dev.kedge.gateway.pages;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.kedge.gateway.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures as pages: in the words that the API has for them. */
public class PageErrors {
  /** What a call of the API came to. */
  @ServerExceptionMapper
  public Response told(StatusRuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    String reason = "";
    List<FieldViolation> fields = new ArrayList<>();
    int code = http(failure.getStatus().getCode());
    try {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          reason = detail.unpack(ErrorInfo.class).getReason();
        } else if (detail.is(BadRequest.class)) {
          fields.addAll(detail.unpack(BadRequest.class).getFieldViolationsList());
        } else if (detail.is(RetryInfo.class)) {
          code = 429;
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a status of this gateway's own cannot be read", e);
    }
    return page(new Problem(code, reason, failure.getStatus().getDescription(), fields));
  }

  /** No such page, no such method. */
  @ServerExceptionMapper
  public Response none(WebApplicationException failure) {
    int code = failure.getResponse().getStatus();
    return page(
        new Problem(
            code, "", code == 404 ? "there is no such page" : failure.getMessage(), List.of()));
  }

  /** Anything else. */
  @ServerExceptionMapper
  public Response broken(RuntimeException failure) {
    return told(Failures.toStatus(failure));
  }

  private static Response page(Problem problem) {
    return Response.status(problem.code())
        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
        .entity(Templates.problem(Frames.Frame.NONE, problem).render())
        .build();
  }

  private static int http(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case FAILED_PRECONDITION, ABORTED -> 409;
      case UNAVAILABLE -> 503;
      case RESOURCE_EXHAUSTED -> 507;
      default -> 500;
    };
  }

  /**
   * What went wrong.
   *
   * @param code of HTTP
   * @param reason the API's constant; empty for what the API does not know
   * @param message the API's
   * @param fields what is wrong with the request, one by one
   */
  public record Problem(int code, String reason, String message, List<FieldViolation> fields) {
    /** What a reader needs that the message does not say. */
    public List<FieldViolation> further() {
      return fields.stream().filter(field -> !field.getDescription().equals(message)).toList();
    }
  }
}
