package dev.kedge.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreRuleTest {
  private static final Map<String, String> SAFE =
      Map.of(
          "kedge.s3.endpoint", "https://store.example.com",
          "kedge.s3.access-key", "92ab",
          "kedge.s3.secret-key", "27f1c0");

  @Test
  void aStoreOverTlsWithKeysOfItsOwnIsFine() {
    assertThat(insecure(SAFE)).isEmpty();
    assertThat(insecure(with("kedge.s3.endpoint", "http://127.0.0.1:9000"))).isEmpty();
  }

  @Test
  void theWayToTheStoreIsEncrypted() {
    assertThat(insecure(with("kedge.s3.endpoint", "http://store.example.com")))
        .containsExactly("kedge.s3.endpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "minioadmin",
        "kedge-test",
        "kedge-test-secret",
        "kedge-example",
        "kedge-dev-secret"
      })
  void keysThatAnybodyKnowsAreNone(String key) {
    assertThat(insecure(with("kedge.s3.access-key", key))).containsExactly("kedge.s3.access-key");
    assertThat(insecure(with("kedge.s3.secret-key", key))).containsExactly("kedge.s3.secret-key");
  }

  @Test
  void keysAreNotPrinted() {
    assertThat(findings(with("kedge.s3.secret-key", "minioadmin")).toString())
        .doesNotContain("minioadmin");
  }

  private static Map<String, String> with(String setting, String value) {
    var settings = new HashMap<>(SAFE);
    settings.put(setting, value);
    return settings;
  }

  private static List<String> insecure(Map<String, String> settings) {
    return findings(settings).stream().map(Finding::setting).toList();
  }

  private static List<Finding> findings(Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(S3Config.class)
            .withDefaultValues(settings)
            .build();
    return new StoreRule(config.getConfigMapping(S3Config.class)).findings().toList();
  }
}
