package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.stage.v1.OverlapSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowedOverlapTest {
  @Test
  void onlyTestsAreAllowedToOverlap() {
    assertThatCode(() -> AllowedOverlap.check(allowing("[\"photo\"]"))).doesNotThrowAnyException();
    assertThatCode(() -> AllowedOverlap.check(allowing("[]"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> AllowedOverlap.check(allowing("[\"photo\", \"phto\"]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "allowed: no test of the experiment is called phto; there are photo, art, art-dev");
    assertThatThrownBy(
            () -> AllowedOverlap.check(allowing("[\"task.image_classification.train\"]")))
        .as("what is learnt from is no test")
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static OverlapSpec allowing(String names) {
    var overlap = PlannerTest.plan(Files.SMALL).stage("overlap").spec();
    return SpecChanges.apply(overlap, Map.of("allowed", names)).getOverlap();
  }
}
