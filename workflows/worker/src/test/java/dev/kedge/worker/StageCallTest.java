package dev.kedge.worker;

import static dev.kedge.worker.TestingStageService.error;
import static dev.kedge.worker.TestingStageService.progress;
import static dev.kedge.worker.TestingStageService.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Code;
import dev.kedge.stage.v1.Held;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class StageCallTest {
  private static final RunRequest REQUEST =
      RunRequest.newBuilder().setProject("p").setKey("k").setRequester("r").build();

  private TestingStageService service;
  private ManagedChannel channel;

  @BeforeEach
  void start() {
    service = new TestingStageService();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", service.port()).usePlaintext().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    service.close();
  }

  @Test
  void progressIsHeartbeatUntilTheResult() {
    service.next(
        stream -> {
          stream.onNext(progress("1", 5));
          stream.onNext(result("sha256:a"));
        });
    List<Progress> beats = new ArrayList<>();
    StageEvent end = call(Duration.ofMinutes(1), beats::add).toEnd();
    assertThat(end.getResult().getArtifact()).isEqualTo("sha256:a");
    assertThat(beats).extracting(Progress::getDone).contains(5L);
  }

  @Test
  void aSilentStageIsHeartbeatToo() {
    service.next(stream -> {});
    assertThatThrownBy(
            () ->
                call(
                        Duration.ofMinutes(1),
                        beat -> {
                          throw new IllegalStateException("beaten");
                        })
                    .toEnd())
        .hasMessage("beaten");
  }

  @Test
  void aHeldStageEndsTheCall() {
    var held = StageEvent.newBuilder().setHeld(Held.newBuilder().setHolder("other")).build();
    service.next(stream -> stream.onNext(held));
    assertThat(call(Duration.ofMinutes(1), beat -> {}).toEnd()).isEqualTo(held);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, USER, false",
    "UNAVAILABLE, RESOURCES, true",
    "INTERNAL, INTERNAL, false"
  })
  void whatTheServiceSaysReachesTheWorkflow(Code code, String blame, boolean retryable) {
    service.next(
        stream -> {
          stream.onNext(progress("1", 3));
          stream.onError(error(code, "A_REASON", blame, retryable));
        });
    var failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> call(Duration.ofMinutes(1), beat -> {}).toEnd());
    assertThat(failure.getType()).isEqualTo("A_REASON");
    assertThat(failure.getDetails().get(0, String.class)).isEqualTo(blame);
    assertThat(failure.getDetails().get(1, Long.class)).isEqualTo(3);
    assertThat(failure.isNonRetryable()).isEqualTo(!retryable);
    assertThat(failure.getOriginalMessage()).isEqualTo("the service says so");
  }

  @Test
  void aServiceThatIsGoneForAWhileIsAskedAgainFromTheLastCursor() {
    int port = service.port();
    service.next(stream -> stream.onNext(progress("7", 3)));
    TestingStageService[] second = new TestingStageService[1];
    StageCall call =
        call(
            Duration.ofMinutes(1),
            beat -> {
              if (beat.getDone() == 3 && second[0] == null) {
                service.close();
                second[0] = new TestingStageService(port);
                second[0].next(stream -> stream.onNext(cached(result("sha256:b"))));
              }
            });
    StageResult result = call.toEnd().getResult();
    assertThat(result.getArtifact()).isEqualTo("sha256:b");
    assertThat(result.getCached()).as("what was seen at work is not somebody else's").isFalse();
    assertThat(second[0].calls).last().extracting(RunRequest::getAfterCursor).isEqualTo("7");
    second[0].close();
  }

  @Test
  void aResultThatWasThereIsToldAsSuch() {
    service.next(stream -> stream.onNext(cached(result("sha256:a"))));
    assertThat(call(Duration.ofMinutes(1), beat -> {}).toEnd().getResult().getCached()).isTrue();
  }

  private static StageEvent cached(StageEvent end) {
    return end.toBuilder().setResult(end.getResult().toBuilder().setCached(true)).build();
  }

  @Test
  void aServiceThatStaysAwayIsGivenUpAsTransient() {
    service.close();
    var failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> call(Duration.ZERO, beat -> {}).toEnd());
    assertThat(failure.getType()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(failure.isNonRetryable()).isFalse();
  }

  @Test
  void aWorkerThatIsToldToEndBlamesNobodyAndSaysHowFarTheStageIs() {
    service.next(stream -> stream.onNext(progress("1", 5)));
    var failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                call(
                        Duration.ofMinutes(1),
                        beat -> {
                          if (beat.getDone() == 5) {
                            Thread.currentThread().interrupt();
                          }
                        })
                    .toEnd());
    assertThat(failure.getType()).isEqualTo("WORKER_STOPPED");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getDetails().get(0, String.class)).isEqualTo("RESOURCES");
    assertThat(failure.getDetails().get(1, Long.class)).isEqualTo(5);
  }

  @Test
  void aWithdrawnStageIsNamed() {
    call(Duration.ZERO, beat -> {}).withdraw();
    assertThat(service.withdrawn)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getKey()).isEqualTo("k");
              assertThat(request.getRequester()).isEqualTo("r");
            });
  }

  private StageCall call(Duration outOfSight, Consumer<Progress> heartbeat) {
    return new StageCall(channel, REQUEST, outOfSight, heartbeat);
  }
}
