package dev.kedge.production;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://store.example.com",
        "HTTPS://store.example.com:9000/path",
        "http://localhost:9000",
        "http://127.0.0.1",
        "http://127.8.8.8:9000",
        "http://[::1]:9000"
      })
  void anEncryptedWayOrNoneIsFine(String address) {
    assertThat(Finding.ofOpenWay("a.setting", URI.create(address), "letters")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://store.example.com",
        "http://localhost.example.com:9000",
        "http://127.0.0.1.example.com",
        "http://10.0.0.1:9000",
        "http://0.0.0.0:9000",
        "http://[::]:9000",
        "http://[fe80::1]:9000",
        "store:9000",
        "//127.0.0.1.example.com"
      })
  void anOpenWayIsNot(String address) {
    assertThat(Finding.ofOpenWay("a.setting", URI.create(address), "letters")).hasSize(1);
  }

  @Test
  void nothingButTheHostIsPrinted() {
    URI address = URI.create("http://ann:secret@store.example.com/token-7?key=8");
    assertThat(Finding.ofOpenWay("a.setting", address, "letters"))
        .map(Finding::toString)
        .containsExactly(
            "a.setting leads to store.example.com without TLS, so anybody on the way can read"
                + " letters: set an address that begins with https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:9000", "127.0.0.1:9000", "::1", "[::1]:9000"})
  void loopbackIsThisMachine(String address) {
    assertThat(Loopback.has(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "::",
        "temporal:7233",
        "10.0.0.1:7233",
        "dns:///127.0.0.1:7233",
        "127.0.0.1:port",
        ""
      })
  void anythingElseIsNot(String address) {
    assertThat(Loopback.has(address)).isFalse();
  }
}
