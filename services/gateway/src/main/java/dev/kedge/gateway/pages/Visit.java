package dev.kedge.gateway.pages;

import dev.kedge.gateway.AuditTrail;
import dev.kedge.gateway.Failures;
import dev.kedge.gateway.access.PageAccess;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Callable;

/** Whoever looks at a page: what it shows and does is a call of the API in their name. */
@ApplicationScoped
public class Visit {
  private final PageAccess access;
  private final CurrentVertxRequest request;

  Visit(PageAccess access, CurrentVertxRequest request) {
    this.access = access;
    this.request = request;
  }

  /**
   * Does what a method of the API does.
   *
   * @param method for example {@code RetryStage}
   * @param name what it is done to, or what it is made in
   * @throws StatusRuntimeException what a client of the API would be told
   */
  <T> T call(String method, String name, Callable<T> work) {
    return call(method, name, name, work);
  }

  /**
   * The same where more than one name is worth writing down.
   *
   * @param subject what the audit trail says it was done to
   */
  <T> T call(String method, String name, String subject, Callable<T> work) {
    String by = "anonymous";
    Status.Code ended = Status.Code.OK;
    try {
      by = access.caller().name();
      return access.call(method, name, from(), work);
    } catch (Exception e) {
      StatusRuntimeException told = Failures.toStatus(e);
      ended = told.getStatus().getCode();
      throw told;
    } finally {
      AuditTrail.write(method, subject, by, from(), ended);
    }
  }

  /** Who it is; empty where nobody is asked. */
  String visitor() {
    return access.isAsked() ? access.caller().name() : "";
  }

  /** Whether they may operate experiments. */
  boolean operates(String name) {
    return access.allows("RetryStage", name);
  }

  /** Those of the projects that they may look into. */
  List<String> visible(List<String> projects) {
    return projects.stream()
        .filter(project -> access.allows("ListExperiments", "projects/" + project))
        .toList();
  }

  private String from() {
    return request.getCurrent().request().remoteAddress().hostAddress();
  }
}
