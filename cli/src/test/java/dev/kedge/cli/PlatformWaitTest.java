package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlatformWaitTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aPlatformThatStartsIsWaitedForAndThatIsTold() throws Exception {
    int port = freePort();
    var listening = new CompletableFuture<ServerSocket>();
    CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS)
        .execute(() -> listening.complete(listen(port)));

    waiting(Duration.ofSeconds(40)).await("localhost:" + port);

    assertThat(listening).isCompleted();
    listening.join().close();
    assertThat(told()).hasLineCount(1).contains("waiting for the platform at localhost:" + port);
  }

  @Test
  void whereNothingComesTheWaitingEnds() throws IOException {
    waiting(Duration.ofMillis(300)).await("127.0.0.1:" + freePort());

    assertThat(told()).hasLineCount(1);
  }

  @Test
  void aPlatformThatIsThereIsNotWaitedFor() throws IOException {
    try (ServerSocket there = listen(0)) {
      waiting(Duration.ofSeconds(40)).await("https://localhost:" + there.getLocalPort() + "/");
    }
    assertThat(told()).isEmpty();
  }

  @Test
  void gatewaysOnOtherMachinesAreNotWaitedForNorWhereNobodyWantsTo() throws IOException {
    waiting(Duration.ofDays(1)).await("kedge.invalid:9090");
    waiting(Duration.ofDays(1)).await("localhost.example.invalid:9090");
    waiting(Duration.ZERO).await("localhost:" + freePort());

    assertThat(told()).isEmpty();
  }

  @Test
  void thePatienceIsASetting() {
    assertThat(PlatformWait.patience(null)).isEqualTo(Duration.ofMinutes(1));
    assertThat(PlatformWait.patience("0")).isZero();
    assertThatThrownBy(() -> PlatformWait.patience("1m"))
        .isInstanceOf(UserMistakeException.class)
        .hasMessageContainingAll("KEDGE_WAIT", "`1m`", "seconds");
  }

  private PlatformWait waiting(Duration patience) {
    return new PlatformWait(new PrintStream(err, true, StandardCharsets.UTF_8), patience);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = listen(0)) {
      return any.getLocalPort();
    }
  }

  private static ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
