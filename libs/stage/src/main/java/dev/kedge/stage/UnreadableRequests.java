package dev.kedge.stage;

import dev.kedge.process.LargestMessage;
import dev.kedge.process.TransportAnswers;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** In a stage service's words. */
@GlobalInterceptor
@Singleton
class UnreadableRequests extends TransportAnswers {
  private static final Logger LOG = Logger.getLogger(UnreadableRequests.class);

  UnreadableRequests(LargestMessage largest) {
    super(largest);
  }

  @Override
  protected StatusRuntimeException unreadable(String message) {
    return StageFailures.toStatus(StageException.user("REQUEST_UNREADABLE", message));
  }

  @Override
  protected StatusRuntimeException broken(RuntimeException failure) {
    LOG.error("a request broke", failure);
    return StageFailures.toStatus(failure);
  }
}
