package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UpCommandTest {
  @Test
  void theGreetingTellsHowToReachAnUnusualPort() {
    Path data = Path.of("state");

    assertThat(UpCommand.greeting("127.0.0.1:9090", data)).endsWith("try: kedge list");
    assertThat(UpCommand.greeting("127.0.0.1:9191", data))
        .contains("kedge list --server 127.0.0.1:9191")
        .contains("KEDGE_SERVER=127.0.0.1:9191")
        .contains("Dashboard: http://127.0.0.1:9191");
  }

  @Test
  void aPortThatIsTakenIsNamedWithTheRemedy() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> LoopbackPort.free(taken.getLocalPort()))
          .hasMessageContaining("port %d on 127.0.0.1".formatted(taken.getLocalPort()))
          .hasMessageContaining("--port");
    }
    assertThat(LoopbackPort.free(0)).isPositive();
    assertThatThrownBy(() -> LoopbackPort.free(70_000)).hasMessageContaining("70000 is no port");
  }
}
