package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults that installations rely on. */
class StageConfigTest {
  @Test
  void stagesHaveTheseDefaults() {
    StageConfig stage = config(Map.of()).getConfigMapping(StageConfig.class);

    assertThat(stage.slots()).isEqualTo(1);
    assertThat(stage.leaseTtl()).isEqualTo(Duration.ofSeconds(30));
    assertThat(stage.callerGrace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(stage.storePatience()).isEqualTo(Duration.ofMinutes(10));
    assertThat(stage.stopPatience()).isEqualTo(Duration.ofSeconds(25));
    assertThat(stage.scratch()).isEmpty();
    assertThat(stage.holder()).isEmpty();
  }

  @Test
  void stagesAreConfiguredByTheseNames() {
    StageConfig stage =
        config(
                Map.of(
                    "kedge.stage.slots", "2",
                    "kedge.stage.lease-ttl", "5s",
                    "kedge.stage.caller-grace", "6s",
                    "kedge.stage.store-patience", "7s",
                    "kedge.stage.stop-patience", "8s",
                    "kedge.stage.scratch", "/scratch",
                    "kedge.stage.holder", "training-0"))
            .getConfigMapping(StageConfig.class);

    assertThat(stage.slots()).isEqualTo(2);
    assertThat(stage.leaseTtl()).isEqualTo(Duration.ofSeconds(5));
    assertThat(stage.callerGrace()).isEqualTo(Duration.ofSeconds(6));
    assertThat(stage.storePatience()).isEqualTo(Duration.ofSeconds(7));
    assertThat(stage.stopPatience()).isEqualTo(Duration.ofSeconds(8));
    assertThat(stage.scratch()).contains(Path.of("/scratch"));
    assertThat(stage.holder()).contains("training-0");
  }

  @Test
  void settingsThatCannotWorkAreRefusedByName() {
    assertThatThrownBy(() -> settings(0, Duration.ofSeconds(1)))
        .hasMessageContaining("kedge.stage.slots");
    assertThatThrownBy(() -> settings(1, Duration.ZERO))
        .hasMessageContaining("kedge.stage.lease-ttl");
  }

  @Test
  void aCallersGraceThatEndsBeforeAFollowerAsksAgainIsRefused() {
    assertThat(grace("35s")).isEqualTo(Duration.ofSeconds(35));
    assertThatThrownBy(() -> grace("34900ms"))
        .hasMessageStartingWith(
            "kedge.stage.caller-grace (KEDGE_STAGE_CALLER_GRACE) is 34.9 s: give it 35 s or more");
  }

  private static Duration grace(String value) {
    StageConfig stage =
        config(Map.of("kedge.stage.caller-grace", value)).getConfigMapping(StageConfig.class);
    return new StageBeans().settings(stage, "v").callerGrace();
  }

  private static StageSettings settings(int slots, Duration leaseTtl) {
    Duration second = Duration.ofSeconds(1);
    return new StageSettings(slots, leaseTtl, second, second, second, Path.of("x"), "h", "v");
  }

  private static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(StageConfig.class)
        .withDefaultValues(values)
        .build();
  }
}
