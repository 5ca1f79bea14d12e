package dev.kedge.gateway;

import dev.kedge.process.LargestMessage;
import dev.kedge.process.TransportAnswers;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;

/** In the gateway's words. */
@GlobalInterceptor
@Singleton
public class UnreadableRequests extends TransportAnswers {
  UnreadableRequests(LargestMessage largest) {
    super(largest);
  }

  @Override
  protected StatusRuntimeException unreadable(String message) {
    return Failures.toStatus(Refusal.invalid("REQUEST_UNREADABLE", "", message));
  }

  @Override
  protected StatusRuntimeException broken(RuntimeException failure) {
    return Failures.toStatus(failure);
  }
}
