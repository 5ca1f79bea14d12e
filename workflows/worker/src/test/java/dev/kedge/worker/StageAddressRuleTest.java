package dev.kedge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StageAddressRuleTest {
  private static final String ADDRESS = "kedge.worker.stage-address";

  @Test
  void aWorkerIsBesideItsService() {
    assertThat(insecure(Map.of())).isEmpty();
    assertThat(insecure(Map.of(ADDRESS, "127.0.0.1:9102"))).isEmpty();
    assertThat(insecure(Map.of(ADDRESS, "training.example.com:9000"))).containsExactly(ADDRESS);
  }

  private static Stream<String> insecure(Map<String, String> settings) {
    var config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(WorkerConfig.class)
            .withDefaultValue("kedge.worker.kinds", "TRAIN")
            .withDefaultValues(settings)
            .build();
    return new StageAddressRule(config.getConfigMapping(WorkerConfig.class))
        .findings()
        .map(Finding::setting);
  }
}
