package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.kedge.contract.StageKey;
import dev.kedge.fuzzing.Answer;
import dev.kedge.fuzzing.Heap;
import dev.kedge.fuzzing.HostileCalls;
import dev.kedge.fuzzing.HostileCalls.Manner;
import dev.kedge.fuzzing.HostileMessages;
import dev.kedge.stage.v1.CancelRequest;
import dev.kedge.stage.v1.DescribeRequest;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageServiceGrpc;
import dev.kedge.stage.v1.StageSpec;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand requests that no worker would make, to every method of a stage service: each is
 * answered with a status that says whose fault it is, nothing of the inside comes out, and nothing
 * stays behind.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedStore.class)
class HostileStageRequestsTest {
  private static final long SEED = Long.getLong("kedge.fuzz.seed", 1);
  private static final int REQUESTS = Integer.getInteger("kedge.fuzz.requests", 10_000);
  private static final long KEPT_BYTES = 24L << 20;
  private static final int LONGEST_BATCHES = 20;
  private static final int LONGEST_BYTES = 8 << 20;

  /** One request in so many is for a stage that is then computed. */
  private static final int RUNNABLE = 20;

  /** What a caller may be told; a fault of Kedge is not among it. */
  private static final Set<Status.Code> RIGHT =
      EnumSet.of(
          Status.Code.OK,
          Status.Code.INVALID_ARGUMENT,
          Status.Code.ABORTED,
          Status.Code.UNAVAILABLE);

  @TestHTTPResource private URI address;
  @Inject ServedExecutor executor;

  private final Random random = new Random(SEED);
  private RunRequest sound;

  @BeforeEach
  void aStageThatMayRun() {
    sound = Requests.fresh();
    executor.does(
        context -> {
          int batches = Math.floorMod(context.key().hashCode(), LONGEST_BATCHES);
          for (int batch = 0; batch < batches; batch++) {
            context.checkStopping();
            context.progress(batch, batches, "batches", Map.of());
            Thread.sleep(1);
          }
          return ScriptedExecutor.text(context);
        });
  }

  @Test
  void everyRequestIsAnsweredRightlyAndNothingStaysBehind() throws Exception {
    try (var calls =
        new HostileCalls("127.0.0.1", address.getPort(), HostileStageRequestsTest::isRight)) {
      // What is loaded and kept on first use is no leak.
      send(calls, REQUESTS / 10);
      assertThat(calls.faults()).as("seed %d", SEED).isEmpty();
      long before = Heap.bytesKept();

      send(calls, REQUESTS);

      assertThat(calls.faults()).as("seed %d", SEED).isEmpty();
      assertThat(Heap.bytesKept() - before).as("bytes that stayed").isLessThan(KEPT_BYTES);
    }
    assertThat(executor.runs()).as("stages that got as far as being run").isPositive();
  }

  /** Only who has a stage run can be told that it was cancelled: another request has said so. */
  private static boolean isRight(Answer answer) {
    return RIGHT.contains(answer.code())
        || (answer.method().equals("Run")
            && answer.code() == Status.Code.CANCELLED
            && answer.reason().equals("STAGE_CANCELLED"));
  }

  private void send(HostileCalls calls, int count) throws InterruptedException {
    var hostile =
        new HostileMessages(
            random, List.of(sound.getProject(), sound.getKey(), sound.getRequester()));
    for (int i = 0; i < count; i++) {
      byte[] message = message(hostile, i);
      // The transport cuts off what is longer: there is no one left to say why.
      if (message.length <= LONGEST_BYTES) {
        Manner manner = random.nextInt(25) == 0 ? Manner.CUT_OFF : Manner.TO_THE_END;
        calls.send(method(i), List.of(message), manner);
      }
    }
  }

  private static MethodDescriptor<?, ?> method(int turn) {
    return switch (turn % 4) {
      case 0 -> StageServiceGrpc.getDescribeMethod();
      case 1 -> StageServiceGrpc.getCancelMethod();
      default -> StageServiceGrpc.getRunMethod();
    };
  }

  private byte[] message(HostileMessages hostile, int turn) {
    return switch (turn % 4) {
      case 0 -> hostile.next(DescribeRequest.getDefaultInstance());
      case 1 -> hostile.next(cancel());
      case 2 -> hostile.next(sound);
      default -> turn % RUNNABLE == 3 ? runnable(hostile) : keyed(hostile).toByteArray();
    };
  }

  /** A stage that this service computes, with a spec that nobody means well. */
  private byte[] runnable(HostileMessages hostile) {
    StageSpec spec =
        StageSpec.newBuilder().setPrepare(prepare(hostile, sound.getSpec().getPrepare())).build();
    return sound.toBuilder().setSpec(spec).setKey(StageKey.of(spec)).build().toByteArray();
  }

  /** A spec that nobody means well, of whatever kind, under the key that is its own. */
  private RunRequest keyed(HostileMessages hostile) {
    RunRequest request = readable(hostile);
    return request.getSpec().getStageCase() == StageSpec.StageCase.STAGE_NOT_SET
        ? request
        : request.toBuilder().setKey(StageKey.of(request.getSpec())).build();
  }

  private RunRequest readable(HostileMessages hostile) {
    while (true) {
      try {
        return RunRequest.parseFrom(hostile.next(sound));
      } catch (InvalidProtocolBufferException unreadable) {
        // Others are.
      }
    }
  }

  private static PrepareSpec prepare(HostileMessages hostile, PrepareSpec meant) {
    while (true) {
      try {
        return PrepareSpec.parseFrom(hostile.next(meant));
      } catch (InvalidProtocolBufferException unreadable) {
        // It never gets as far as a key.
      }
    }
  }

  private CancelRequest cancel() {
    return CancelRequest.newBuilder()
        .setProject(sound.getProject())
        .setKey(sound.getKey())
        .setRequester(sound.getRequester())
        .build();
  }
}
