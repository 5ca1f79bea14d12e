package dev.kedge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.v1.StageKind;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Names and defaults that installations rely on. */
class WorkerConfigTest {
  @Test
  void workersHaveTheseDefaults() {
    WorkerConfig worker = config(Map.of());
    assertThat(worker.slots()).isEqualTo(1);
    assertThat(worker.stageAddress()).isEqualTo("127.0.0.1:9000");
    assertThat(worker.outOfSight()).isEqualTo(Duration.ofMinutes(10));
    assertThat(worker.temporalOutOfSight()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void workersAreConfiguredByTheseNames() {
    WorkerConfig worker =
        config(
            Map.of(
                "kedge.worker.slots", "2",
                "kedge.worker.stage-address", "127.0.0.1:9102",
                "kedge.worker.out-of-sight", "3m",
                "kedge.worker.temporal-out-of-sight", "4m"));
    assertThat(worker.kinds()).containsExactlyInAnyOrder(StageKind.TRAIN, StageKind.FISHER);
    assertThat(worker.slots()).isEqualTo(2);
    assertThat(worker.stageAddress()).isEqualTo("127.0.0.1:9102");
    assertThat(worker.outOfSight()).isEqualTo(Duration.ofMinutes(3));
    assertThat(worker.temporalOutOfSight()).isEqualTo(Duration.ofMinutes(4));
  }

  private static WorkerConfig config(Map<String, String> values) {
    var all = new TreeMap<>(values);
    all.put("kedge.worker.kinds", "TRAIN,FISHER");
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(WorkerConfig.class)
        .withDefaultValues(all)
        .build()
        .getConfigMapping(WorkerConfig.class);
  }
}
