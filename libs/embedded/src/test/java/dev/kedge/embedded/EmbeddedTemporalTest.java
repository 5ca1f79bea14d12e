package dev.kedge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedTemporalTest {
  @Test
  void aClientConnectsToAFreePort() {
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start()) {
      WorkflowServiceStubs client =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.address()).build());
      client.connect(Duration.ofSeconds(10));
      assertThat(client.healthCheck().getStatus().name()).isEqualTo("SERVING");
      client.shutdownNow();
    }
  }

  @Test
  void aTakenPortIsNamedInTheError() {
    try (EmbeddedTemporal first = EmbeddedTemporal.start()) {
      int port = Integer.parseInt(first.address().substring("127.0.0.1:".length()));
      assertThatThrownBy(() -> EmbeddedTemporal.start(port).close())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(String.valueOf(port));
    }
  }
}
