package dev.kedge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PacedStreamTest {
  @Test
  void whoReadsNothingIsGivenUpWithTheReason() {
    var client = new Client();
    var stream = new PacedStream<String>(client, Duration.ofMillis(100));
    client.isReady = false;

    assertThatThrownBy(() -> stream.send("a"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("nothing of the answer was read for 0 s: ask again");
    assertThat(client.read).isEmpty();
  }

  @Test
  void whoReadsAfterAWhileGetsAll() throws InterruptedException {
    var client = new Client();
    var stream = new PacedStream<String>(client, Duration.ofMinutes(1));
    client.isReady = false;
    Thread sending = new Thread(() -> stream.send("a"));
    sending.start();
    Thread.sleep(50);
    assertThat(client.read).isEmpty();

    client.isReady = true;
    client.onReady.run();
    sending.join();
    assertThat(client.read).containsExactly("a");
  }

  /** A client that reads when it is told to. */
  private static final class Client extends ServerCallStreamObserver<String> {
    private final List<String> read = new CopyOnWriteArrayList<>();
    private volatile boolean isReady = true;
    private volatile Runnable onReady;

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
      return isReady;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void onNext(String message) {
      read.add(message);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
