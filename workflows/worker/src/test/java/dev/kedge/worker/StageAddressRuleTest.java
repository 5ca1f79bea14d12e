package dev.kedge.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import dev.kedge.stage.v1.StageKind;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StageAddressRuleTest {
  private record Settings(String stageAddress) implements WorkerConfig {
    @Override
    public Set<StageKind> kinds() {
      return Set.of(StageKind.TRAIN);
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public Duration outOfSight() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration temporalOutOfSight() {
      return Duration.ofMinutes(15);
    }
  }

  @Test
  void aWorkerIsBesideItsService() {
    assertThat(insecure("127.0.0.1:9102")).isEmpty();
    assertThat(insecure("training.example.com:9000")).containsExactly("kedge.worker.stage-address");
  }

  private static Stream<String> insecure(String stageAddress) {
    return new StageAddressRule(new Settings(stageAddress)).findings().map(Finding::setting);
  }
}
