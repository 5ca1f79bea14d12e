package dev.kedge.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults that installations rely on. */
class S3ConfigTest {
  private static final Map<String, String> STORE =
      Map.of(
          "kedge.s3.endpoint", "http://127.0.0.1:9000",
          "kedge.s3.access-key", "key",
          "kedge.s3.secret-key", "secret");

  @Test
  void theStoreHasTheseNamesAndDefaults() {
    S3Config s3 = config().getConfigMapping(S3Config.class);

    assertThat(s3.endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    assertThat(s3.accessKey()).isEqualTo("key");
    assertThat(s3.secretKey()).isEqualTo("secret");
    assertThat(s3.bucket()).isEqualTo("kedge");
    assertThat(s3.region()).isEqualTo("us-east-1");
    assertThat(s3.authority()).isEmpty();
    assertThat(s3.cacheDirectory()).isEmpty();
    assertThat(s3.cacheSize().asLongValue()).isEqualTo(20L << 30);
  }

  private static SmallRyeConfig config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(S3Config.class)
        .withDefaultValues(STORE)
        .build();
  }
}
