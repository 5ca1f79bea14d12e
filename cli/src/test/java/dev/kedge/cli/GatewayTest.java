package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GatewayTest {
  @Test
  void aServerThatIsNoAddressIsTheUsersMistake() {
    assertThatThrownBy(() -> Gateway.connect("http://localhost:9090"))
        .isInstanceOf(UserMistakeException.class)
        .hasMessageContainingAll("http://localhost:9090", "write HOST:PORT");
  }
}
