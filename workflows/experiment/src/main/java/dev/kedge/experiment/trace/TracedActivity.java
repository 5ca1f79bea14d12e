package dev.kedge.experiment.trace;

import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;

/** An activity works in its workflow's span. */
final class TracedActivity extends ActivityInboundCallsInterceptorBase {
  TracedActivity(ActivityInboundCallsInterceptor next) {
    super(next);
  }

  @Override
  public ActivityOutput execute(ActivityInput input) {
    return TraceHeader.read(input.getHeader()).wrapSupplier(() -> super.execute(input)).get();
  }
}
