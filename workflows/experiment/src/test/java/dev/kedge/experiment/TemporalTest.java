package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedTemporal;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TemporalTest {
  @Test
  void aServerThatAnswersIsWaitedForNoLonger() {
    try (EmbeddedTemporal server = EmbeddedTemporal.start()) {
      WorkflowClient client = Temporal.client(server.address(), "default");
      Temporal.await(client, Duration.ofSeconds(20));
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }

  @Test
  void aServerThatNeverAnswersIsNamedWithTheRemedy() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + mute.getLocalPort();
      WorkflowClient client = Temporal.client(address, "default");
      assertThatThrownBy(() -> Temporal.await(client, Duration.ofSeconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Temporal on " + address + " with the namespace default did not")
          .hasMessageContaining("set kedge.temporal.address");
      client.getWorkflowServiceStubs().shutdownNow();
    }
  }
}
