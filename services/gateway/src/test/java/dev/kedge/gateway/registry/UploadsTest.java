package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.process.LargestMessage;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.stub.StreamObserver;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadsTest {
  /** Nothing that is sent here names a project. */
  private final Uploads uploads =
      new Uploads(
          null,
          new LargestMessage(8 << 20),
          config(Map.of("kedge.gateway.upload-patience", "20ms")));

  @AfterEach
  void close() {
    uploads.close();
  }

  @Test
  void oneThatTakesLongToEndHoldsUpNoOther() throws InterruptedException {
    var ending = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    StreamObserver<UploadBlobRequest> slow =
        uploads.receive(
            new Client() {
              @Override
              public void onError(Throwable told) {
                ending.countDown();
                await(release);
              }
            });
    Thread end = new Thread(slow::onCompleted);
    end.start();
    await(ending);

    var other = new Client();
    uploads.receive(other);

    assertThat(other.told()).hasMessageContaining("in messages of at most 8 MiB");
    release.countDown();
    end.join();
  }

  @Test
  void oneThatCannotBeAnsweredHoldsUpNoOther() {
    var unanswered = new CountDownLatch(1);
    uploads.receive(
        new Client() {
          @Override
          public void onError(Throwable told) {
            unanswered.countDown();
            throw new IllegalStateException("call already closed");
          }
        });
    await(unanswered);

    var other = new Client();
    uploads.receive(other);

    assertThat(other.told()).hasMessageContaining("no piece that could be read came");
  }

  @Test
  void aFileThatIsTooLargeIsRefusedAndIsGone() throws Exception {
    try (Closing few = new Closing(config(Map.of("kedge.gateway.largest-upload", "10")))) {
      var client = new Client();
      StreamObserver<UploadBlobRequest> upload = few.uploads.receive(client);
      upload.onNext(named());
      upload.onNext(piece(8));
      upload.onNext(piece(3));

      assertThat(client.told())
          .hasMessageContaining("more than 10 bytes")
          .hasMessageContaining("kedge.gateway.largest-upload");
    }
  }

  @Test
  void uploadsBeyondTheMostAtOnceAreRefusedUntilOneHasEnded() throws Exception {
    try (Closing few = new Closing(config(Map.of("kedge.gateway.uploads-at-once", "1")))) {
      StreamObserver<UploadBlobRequest> first = few.uploads.receive(new Client());
      first.onNext(named());
      var second = new Client();
      few.uploads.receive(second).onNext(named());
      assertThat(second.told())
          .hasMessageContaining("1 files are being uploaded")
          .hasMessageContaining("UNAVAILABLE");

      first.onError(new IllegalStateException("gone"));
      var third = new Client();
      StreamObserver<UploadBlobRequest> upload = few.uploads.receive(third);
      upload.onNext(named());
      upload.onNext(named());
      assertThat(third.told()).hasMessageContaining("only the first message names the project");
    }
  }

  /** Whether whoever sends may is known by the first message. */
  @Test
  void beforeItsFirstMessageAnUploadTakesNothing() throws Exception {
    try (Closing few = new Closing(config(Map.of("kedge.gateway.uploads-at-once", "1")))) {
      for (int i = 0; i < 5; i++) {
        StreamObserver<UploadBlobRequest> unused = few.uploads.receive(new Client());
      }
      var client = new Client();
      StreamObserver<UploadBlobRequest> upload = few.uploads.receive(client);
      upload.onNext(named());
      upload.onNext(named());
      assertThat(client.told()).hasMessageContaining("only the first message names the project");
    }
  }

  private static UploadBlobRequest named() {
    return UploadBlobRequest.newBuilder().setParent("projects/p").build();
  }

  private static UploadBlobRequest piece(int bytes) {
    return UploadBlobRequest.newBuilder().setData(ByteString.copyFrom(new byte[bytes])).build();
  }

  private record Closing(Uploads uploads) implements AutoCloseable {
    Closing(GatewayConfig config) {
      this(new Uploads(null, new LargestMessage(8 << 20), config));
    }

    @Override
    public void close() {
      uploads.close();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GatewayConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(GatewayConfig.class)
        .addDiscoveredConverters()
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(GatewayConfig.class);
  }

  /** Waits for what it is told. */
  private static class Client implements StreamObserver<UploadBlobResponse> {
    private final CompletableFuture<Throwable> error = new CompletableFuture<>();

    @Override
    public void onNext(UploadBlobResponse answer) {
      error.complete(new AssertionError("nothing was sent"));
    }

    @Override
    public void onError(Throwable told) {
      error.complete(told);
    }

    @Override
    public void onCompleted() {
      error.complete(new AssertionError("nothing was sent"));
    }

    Throwable told() {
      return error.orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
