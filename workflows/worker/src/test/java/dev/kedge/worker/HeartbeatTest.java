package dev.kedge.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.stage.v1.Progress;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Progress FAR = Progress.newBuilder().setDone(7).build();

  @Test
  void progressReachesTemporal() {
    List<Progress> told = new ArrayList<>();
    new Heartbeat(told::add, () -> false, LONG).accept(FAR);
    assertThat(told).containsExactly(FAR);
  }

  @Test
  void aStageIsStayedWithWhileTemporalIsSilentAndGivenUpOnceItIsBack() {
    Consumer<Progress> silent =
        failing(new TimeoutFailure("", null, TimeoutType.TIMEOUT_TYPE_HEARTBEAT));
    assertThatCode(() -> new Heartbeat(silent, () -> false, LONG).accept(FAR))
        .doesNotThrowAnyException();
    requireGivenUp(new Heartbeat(silent, () -> true, LONG));
  }

  @Test
  void aStageIsGivenUpWhereTemporalStaysSilentForTooLong() throws InterruptedException {
    Consumer<Progress> silent =
        failing(new TimeoutFailure("", null, TimeoutType.TIMEOUT_TYPE_HEARTBEAT));
    Heartbeat heartbeat = new Heartbeat(silent, () -> false, Duration.ofMillis(300));
    assertThatCode(() -> heartbeat.accept(FAR)).as("yet").doesNotThrowAnyException();
    Thread.sleep(300);
    requireGivenUp(heartbeat);
  }

  private static void requireGivenUp(Heartbeat heartbeat) {
    var failure = catchThrowableOfType(ApplicationFailure.class, () -> heartbeat.accept(FAR));
    assertThat(failure.getType()).isEqualTo("TEMPORAL_LOST");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getDetails().get(0, String.class)).isEqualTo("RESOURCES");
    assertThat(failure.getDetails().get(1, Long.class)).isEqualTo(7);
  }

  @Test
  void aCancelledStageIsCancelled() {
    assertThatThrownBy(() -> new Heartbeat(failing(null), () -> false, LONG).accept(FAR))
        .isInstanceOf(ActivityCanceledException.class);
  }

  private static Consumer<Progress> failing(Throwable cause) {
    return progress -> {
      throw cause == null
          ? new ActivityCanceledException()
          : new ActivityCanceledException(null, cause);
    };
  }
}
