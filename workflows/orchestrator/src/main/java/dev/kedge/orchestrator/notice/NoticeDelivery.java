package dev.kedge.orchestrator.notice;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Tries again, ever more rarely, for a day. */
public final class NoticeDelivery implements NoticeWorkflow {
  private final NoticeActivities webhook =
      Workflow.newActivityStub(
          NoticeActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Webhook.PATIENCE.multipliedBy(2))
              .setScheduleToCloseTimeout(Duration.ofDays(1))
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(1))
                      .setMaximumInterval(Duration.ofMinutes(15))
                      .build())
              .build());

  @Override
  public void deliver(String id, String body) {
    webhook.post(id, body);
  }
}
