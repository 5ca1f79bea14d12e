package dev.kedge.gateway.access;

import io.grpc.Context;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableContext;
import io.quarkus.arc.ManagedContext;

/**
 * What belongs to a call on the thread that takes it: gRPC's context and the request scope. Whoever
 * goes on with the call later, on another thread, needs both.
 *
 * @param grpc gRPC's
 * @param request the request scope's; null where there is none
 */
record CallState(Context grpc, InjectableContext.ContextState request) {
  static CallState captured() {
    return new CallState(Context.current(), Arc.container().requestContext().getStateIfActive());
  }

  /** Does something as if on the thread that took the call. */
  void run(Runnable work) {
    ManagedContext scope = Arc.container().requestContext();
    if (request == null || scope.isActive()) {
      grpc.run(work);
      return;
    }
    scope.activate(request);
    try {
      grpc.run(work);
    } finally {
      scope.deactivate();
    }
  }
}
