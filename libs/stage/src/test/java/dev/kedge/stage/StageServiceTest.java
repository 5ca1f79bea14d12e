package dev.kedge.stage;

import static dev.kedge.stage.ScriptedExecutor.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.CancelRequest;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client sees. */
@QuarkusTest
@QuarkusTestResource(EmbeddedStore.class)
@Timeout(60)
class StageServiceTest {
  @TestHTTPResource private URI address;

  @TestHTTPResource(management = true)
  private URI management;

  @Inject ServedExecutor executor;
  @Inject ObjectStore objects;
  private final CountDownLatch done = new CountDownLatch(1);
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", address.getPort()).usePlaintext().build();
    executor.does(ScriptedExecutor::text);
  }

  @AfterEach
  void hangUp() throws InterruptedException {
    done.countDown();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private Caller run(RunRequest request) {
    Caller caller = new Caller();
    StageServiceGrpc.newStub(channel).run(request, caller);
    return caller;
  }

  @Test
  void aStageRunsOnceAndIsThenAnsweredFromTheStore() throws Exception {
    RunRequest request = Requests.fresh();

    assertThat(run(request).last().getResult().getCached()).isFalse();
    assertThat(run(request).last().getResult().getCached()).isTrue();
    assertThat(executor.runs()).isEqualTo(1);
  }

  @Test
  void aStageOfManyInputsRuns() throws Exception {
    RunRequest small = Requests.fresh();
    StageSpec.Builder large = small.getSpec().toBuilder();
    for (int i = 0; i < 5_000; i++) {
      large
          .getPrepareBuilder()
          .addMerge(Input.newBuilder().setArtifact("sha256:" + "%064d".formatted(i)));
    }
    RunRequest request =
        small.toBuilder().setSpec(large).setKey(StageKey.of(large.build())).build();

    assertThat(request.getSerializedSize()).isGreaterThan(300_000);
    assertThat(run(request).last().getResult().getArtifact()).isNotEmpty();
  }

  @Test
  void progressAndLogLinesArriveWhileTheStageRuns() throws Exception {
    executor.does(
        context -> {
          context.warn("one record is broken");
          return until(done).execute(context);
        });
    Caller caller = run(Requests.fresh());

    caller.await(event -> event.getLog().getText().equals("one record is broken"));
    caller.await(event -> event.getProgress().getUnit().equals("batches"));
    assertThat(caller.isOver()).isFalse();
  }

  @Test
  void aUsersFaultArrivesAsOne() throws Exception {
    executor.does(
        context -> {
          throw StageException.user("NO_CLASSES", "the data set x has no class: give it one");
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure).hasMessageContaining("the data set x has no class: give it one");
    assertThat(infoOf(failure)).isEqualTo(info("NO_CLASSES", "USER", "false"));
  }

  @Test
  void aFaultThatTakesManyWordsArrivesAsOneThoughNotAllOfThem() throws Exception {
    String files = "ü".repeat(20_000);
    executor.does(
        context -> {
          throw StageException.user("NO_CLASSES", "no class has any of " + files);
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(infoOf(failure)).isEqualTo(info("NO_CLASSES", "USER", "false"));
    assertThat(failure).hasMessageContaining("no class has any of üü").hasMessageEndingWith("ü…");
  }

  @Test
  void memoryThatRanOutIsTheMachinesFault() throws Exception {
    executor.does(
        context -> {
          throw new OutOfMemoryError("Java heap space");
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(infoOf(failure)).isEqualTo(info("OUT_OF_MEMORY", "RESOURCES", "true"));
  }

  @Test
  void memoryThatLibtorchDidNotGetIsTheMachinesFault() throws Exception {
    executor.does(
        context -> {
          throw new IllegalStateException(
              "[enforce fail at alloc_cpu.cpp:124] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 1125899906842624 bytes.");
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(infoOf(failure)).isEqualTo(info("OUT_OF_MEMORY", "RESOURCES", "true"));
  }

  @Test
  void aFullDiskIsTheMachinesFault() throws Exception {
    executor.does(
        context -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        });

    assertThat(infoOf(run(Requests.fresh()).failure()))
        .isEqualTo(info("DISK_FULL", "RESOURCES", "true"));
  }

  @Test
  void whatNobodyForesawIsABug() throws Exception {
    executor.does(
        context -> {
          throw new NullPointerException("weights");
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(infoOf(failure)).isEqualTo(info("UNEXPECTED", "INTERNAL", "false"));
  }

  @Test
  void anInputThatIsNotInTheStoreIsNamed() throws Exception {
    executor.does(
        context -> StageOutput.folder("text", context.artifact("sha256:" + "a".repeat(64)), null));

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(infoOf(failure)).isEqualTo(info("INPUT_MISSING", "USER", "false"));
    assertThat(failure).hasMessageContaining("a".repeat(64));
  }

  @Test
  void aFileThatWasDeletedFromTheStoreIsNamedAsMissing() throws Exception {
    String made = run(Requests.fresh()).last().getResult().getArtifact();
    objects.list("projects/", "", 1000).stream()
        .map(ObjectInfo::key)
        .filter(key -> key.contains("/blobs/sha256/"))
        .forEach(objects::delete);
    executor.does(context -> StageOutput.folder("text", context.artifact(made), null));

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(infoOf(failure)).isEqualTo(info("INPUT_MISSING", "USER", "false"));
    assertThat(failure)
        .hasMessageContaining("run the stage or import that makes it again; it lacks [text]");
  }

  @Test
  void oneFileOfAnArtifactIsReadByItself() throws Exception {
    Input made =
        Input.newBuilder()
            .setArtifact(run(Requests.fresh()).last().getResult().getArtifact())
            .build();
    List<String> read = new CopyOnWriteArrayList<>();
    executor.does(
        context -> {
          read.add(new String(context.inputFile(made, "text"), UTF_8));
          context.inputFile(made, "weights");
          return ScriptedExecutor.text(context);
        });

    Throwable failure = run(Requests.fresh()).failure();

    assertThat(read).singleElement().asString().startsWith("made by ");
    assertThat(infoOf(failure)).isEqualTo(info("FILE_MISSING", "USER", "false"));
    assertThat(failure).hasMessageContaining("has no file 'weights'");
  }

  @Test
  void aRequestThatIsNotSoundIsRefused() throws Exception {
    RunRequest sound = Requests.fresh();

    assertThat(reason(sound.toBuilder().clearSpec().build())).isEqualTo("EMPTY_SPEC");
    assertThat(reason(sound.toBuilder().setKey("0".repeat(64)).build())).isEqualTo("KEY_MISMATCH");
    assertThat(reason(sound.toBuilder().setProject("../other").build())).isEqualTo("BAD_PROJECT");
    assertThat(reason(sound.toBuilder().clearRequester().build())).isEqualTo("BAD_REQUESTER");
    assertThat(reason(sound.toBuilder().setAfterCursor("x").build())).isEqualTo("BAD_CURSOR");
    assertThat(reason(trainRequest(sound))).isEqualTo("WRONG_SERVICE");
  }

  private static RunRequest trainRequest(RunRequest sound) {
    var spec = StageSpec.newBuilder().setTrain(TrainSpec.getDefaultInstance()).build();
    return sound.toBuilder().setSpec(spec).setKey(StageKey.of(spec)).build();
  }

  private String reason(RunRequest request) throws Exception {
    return infoOf(run(request).failure()).getReason();
  }

  @Test
  void aCancelEndsTheCallAndTheWork() throws Exception {
    executor.does(until(done));
    RunRequest request = Requests.fresh();
    Caller caller = run(request);
    caller.await(StageEvent::hasProgress);
    var cancel =
        CancelRequest.newBuilder()
            .setProject(request.getProject())
            .setKey(request.getKey())
            .setRequester(request.getRequester())
            .build();

    assertThat(StageServiceGrpc.newBlockingStub(channel).cancel(cancel).getFound()).isTrue();
    assertThat(infoOf(caller.failure())).isEqualTo(info("STAGE_CANCELLED", "RESOURCES", "false"));
    assertThat(StageServiceGrpc.newBlockingStub(channel).cancel(cancel).getFound()).isFalse();
  }

  @Test
  void aCallerWhoseConnectionBreaksIsNoticed() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    executor.does(
        context -> {
          try {
            return until(done).execute(context);
          } finally {
            stopped.countDown();
          }
        });
    Context.CancellableContext call = Context.current().withCancellation();
    Caller caller = call.call(() -> run(Requests.fresh()));
    caller.await(StageEvent::hasProgress);

    call.cancel(null);

    assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theProcessIsHealthyAndReady() throws Exception {
    var health = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
    var ready =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(management.resolve("/q/health/ready")).build(),
                BodyHandlers.ofString());

    assertThat(health.getStatus()).isEqualTo(ServingStatus.SERVING);
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).contains("\"slots\": 1");
  }

  private static ErrorInfo info(String reason, String blame, String retryable) {
    return ErrorInfo.newBuilder()
        .setDomain("kedge.dev")
        .setReason(reason)
        .putMetadata("blame", blame)
        .putMetadata("retryable", retryable)
        .build();
  }

  private static ErrorInfo infoOf(Throwable failure) throws InvalidProtocolBufferException {
    return StatusProto.fromThrowable(failure).getDetails(0).unpack(ErrorInfo.class);
  }
}
