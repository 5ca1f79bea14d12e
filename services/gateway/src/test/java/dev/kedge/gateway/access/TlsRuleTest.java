package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TlsRuleTest {
  private static final String CERTIFICATE = "quarkus.http.ssl.certificate.files";
  private static final String INSECURE = "quarkus.http.insecure-requests";
  private static final Map<String, String> SAFE =
      Map.of("quarkus.http.host", "0.0.0.0", CERTIFICATE, "tls.crt", INSECURE, "disabled");

  @Test
  void tlsAloneIsFine() {
    assertThat(insecure(SAFE)).isEmpty();
  }

  @Test
  void aKeyStoreOrARegisteredCertificateWillDo() {
    for (String other :
        new String[] {
          "quarkus.http.ssl.certificate.key-store-file", "quarkus.http.tls-configuration-name"
        }) {
      assertThat(insecure(with(CERTIFICATE, "", other, "mine"))).as(other).isEmpty();
    }
  }

  @Test
  void thereIsACertificate() {
    assertThat(insecure(with(CERTIFICATE, ""))).containsExactly(CERTIFICATE);
  }

  @Test
  void nothingIsServedInTheOpen() {
    assertThat(insecure(with(INSECURE, ""))).containsExactly(INSECURE);
    assertThat(insecure(with(INSECURE, "redirect"))).containsExactly(INSECURE);
  }

  @Test
  void onLoopbackSomethingElseSpeaksTls() {
    assertThat(insecure(Map.of("quarkus.http.host", "127.0.0.1"))).isEmpty();
    assertThat(insecure(Map.of("quarkus.http.host", "0.0.0.0")))
        .containsExactly(CERTIFICATE, INSECURE);
  }

  private static Map<String, String> with(String... settings) {
    var changed = new HashMap<>(SAFE);
    for (int i = 0; i < settings.length; i += 2) {
      changed.put(settings[i], settings[i + 1]);
    }
    return changed;
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config = new SmallRyeConfigBuilder().withDefaultValues(settings).build();
    return new TlsRule(config).findings().map(Finding::setting);
  }
}
