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
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures as pages: in the words that the API has for them. */
public class PageErrors {
  private static final Pattern IN_A_PROJECT = Pattern.compile("/?projects/([a-z0-9-]+)/.*");

  /** What a call of the API came to. */
  @ServerExceptionMapper
  public Response told(StatusRuntimeException failure, UriInfo asked) {
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
    return page(new Problem(code, reason, failure.getStatus().getDescription(), fields), asked);
  }

  /** No such page, no such method. */
  @ServerExceptionMapper
  public Response none(WebApplicationException failure, UriInfo asked) {
    int code = failure.getResponse().getStatus();
    return page(
        new Problem(
            code, "", code == 404 ? "there is no such page" : failure.getMessage(), List.of()),
        asked);
  }

  /** Anything else. */
  @ServerExceptionMapper
  public Response broken(RuntimeException failure, UriInfo asked) {
    return told(Failures.toStatus(failure), asked);
  }

  private static Response page(Problem problem, UriInfo asked) {
    return Response.status(problem.code())
        .type(MediaType.TEXT_HTML + ";charset=UTF-8")
        .entity(Templates.problem(around(asked), problem).render())
        .build();
  }

  /** The ways on from here; looking up more could fail again. */
  private static Frames.Frame around(UriInfo asked) {
    Matcher path = IN_A_PROJECT.matcher(asked.getPath());
    return path.matches() ? new Frames.Frame(path.group(1), "", List.of(), "") : Frames.Frame.NONE;
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
