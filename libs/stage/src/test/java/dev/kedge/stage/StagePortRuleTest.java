package dev.kedge.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.production.Finding;
import org.junit.jupiter.api.Test;

class StagePortRuleTest {
  @Test
  void stagesAreServedToThisMachineAlone() {
    assertThat(new StagePortRule("127.0.0.1").findings()).isEmpty();
    assertThat(new StagePortRule("0.0.0.0").findings())
        .map(Finding::setting)
        .containsExactly("quarkus.http.host");
  }
}
