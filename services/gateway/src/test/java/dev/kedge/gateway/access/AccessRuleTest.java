package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccessRuleTest {
  private static final Map<String, String> SAFE =
      Map.of(
          "kedge.access.required", "true",
          "quarkus.oidc.auth-server-url", "https://issuer.example.com/realms/work",
          "quarkus.oidc.token.audience", "kedge");

  @Test
  void tokensOfAnIssuerThatIsReachedOverTlsAreFine() {
    assertThat(insecure(SAFE)).isEmpty();
  }

  @Test
  void callersAreAskedForTokens() {
    assertThat(insecure(with("kedge.access.required", "false")))
        .containsExactly("kedge.access.required");
  }

  @Test
  void theIssuerIsNamedAndReachedOverTls() {
    String issuer = "quarkus.oidc.auth-server-url";
    assertThat(insecure(with(issuer, ""))).containsExactly(issuer);
    assertThat(insecure(with(issuer, "http://issuer.example.com"))).containsExactly(issuer);
  }

  @Test
  void theAudienceIsKedge() {
    String audience = "quarkus.oidc.token.audience";
    assertThat(insecure(with(audience, ""))).containsExactly(audience);
    assertThat(insecure(with(audience, "mail,any"))).containsExactly(audience);
  }

  @Test
  void theIssuerIsWhoItSaysItIs() {
    assertThat(insecure(with("quarkus.oidc.token.issuer", "any")))
        .containsExactly("quarkus.oidc.token.issuer");
    assertThat(insecure(with("quarkus.oidc.tls.verification", "NONE")))
        .containsExactly("quarkus.oidc.tls.verification");
  }

  @Test
  void certificatesAreNotTrustedUnseen() {
    for (String setting :
        new String[] {
          "quarkus.tls.trust-all",
          "quarkus.tls.oidc.trust-all",
          "quarkus.tls.\"my.issuer\".trust-all",
          "QUARKUS_TLS_TRUST_ALL"
        }) {
      assertThat(insecure(with(setting, "true"))).containsExactly(setting);
      assertThat(insecure(with(setting, "false"))).isEmpty();
    }
  }

  @Test
  void allIsFoundAtOnce() {
    assertThat(insecure(Map.of()))
        .containsExactly(
            "kedge.access.required", "quarkus.oidc.auth-server-url", "quarkus.oidc.token.audience");
  }

  private static Map<String, String> with(String setting, String value) {
    var settings = new HashMap<>(SAFE);
    settings.put(setting, value);
    return settings;
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(AccessConfig.class)
            .withDefaultValues(settings)
            .build();
    return new AccessRule(config.getConfigMapping(AccessConfig.class), config)
        .findings()
        .map(Finding::setting);
  }
}
