package dev.kedge.worker;

import dev.kedge.experiment.ServiceActivities;
import dev.kedge.stage.v1.DescribeRequest;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.StageServiceGrpc;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.TimeUnit;

/**
 * Asks the service at the other end of a channel who it is.
 *
 * @param address where it is, for the message
 */
public record ServiceQuestion(Channel service, String address) implements ServiceActivities {
  private static final int PATIENCE_SECONDS = 2;

  @Override
  public DescribeResponse describeService() {
    try {
      return StageServiceGrpc.newBlockingStub(service)
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .describe(DescribeRequest.getDefaultInstance());
    } catch (StatusRuntimeException silent) {
      throw ApplicationFailure.newNonRetryableFailure(
          "no stage service answers at %s (%s)".formatted(address, silent.getStatus().getCode()),
          UNREACHABLE);
    }
  }
}
