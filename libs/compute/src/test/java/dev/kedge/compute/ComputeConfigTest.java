package dev.kedge.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults that installations rely on. */
class ComputeConfigTest {
  static ComputeConfig config(String device) {
    return config(Map.of("kedge.compute.device", device));
  }

  private static ComputeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(ComputeConfig.class)
        .withDefaultValues(values)
        .build()
        .getConfigMapping(ComputeConfig.class);
  }

  @Test
  void aProcessOffersWhatItHas() {
    assertThat(config(Map.of()).device()).isEqualTo(ComputeConfig.Offer.AUTO);
    assertThat(config(Map.of()).cardMemory()).isEmpty();
  }

  @Test
  void anUnknownDeviceIsToldWithWhatThereIs() {
    assertThatThrownBy(() -> config("foo"))
        .hasStackTraceContaining(
            "kedge.compute.device (KEDGE_COMPUTE_DEVICE) is `foo`: write auto, cpu or cuda");
  }

  @Test
  void aProcessIsConfiguredByTheseNames() {
    assertThat(config("cuda").device()).isEqualTo(ComputeConfig.Offer.CUDA);
    assertThat(config("CPU").device()).isEqualTo(ComputeConfig.Offer.CPU);
    assertThat(
            config(Map.of("kedge.compute.card-memory", "80G"))
                .cardMemory()
                .orElseThrow()
                .asLongValue())
        .isEqualTo(80L << 30);
  }
}
