package dev.kedge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import org.junit.jupiter.api.Test;

class StageKeyTest {
  private static final StageSpec SPEC = prepare(0.1);

  @Test
  void aKeyNeverChangesByItself() {
    assertThat(StageKey.of(SPEC))
        .isEqualTo("57d7ce400849ef0c9a1340f5cc93cc2f72bf0ffee1f30c4f889d1ae320203807");
  }

  @Test
  void anotherParameterIsAnotherKey() {
    assertThat(StageKey.of(prepare(0.2))).isNotEqualTo(StageKey.of(SPEC));
  }

  @Test
  void everyKindHasAnAlgorithmVersion() {
    for (StageKind kind : StageKind.values()) {
      if (kind != StageKind.UNRECOGNIZED && kind != StageKind.STAGE_KIND_UNSPECIFIED) {
        assertThat(StageKey.algorithmVersion(kind)).as(kind.name()).isPositive();
      }
    }
  }

  @Test
  void everySpecBelongsToAKind() {
    for (StageSpec.StageCase one : StageSpec.StageCase.values()) {
      if (one != StageSpec.StageCase.STAGE_NOT_SET) {
        assertThat(StageKind.valueOf(one.name())).isNotNull();
      }
    }
  }

  @Test
  void anEmptySpecIsRefused() {
    assertThatThrownBy(() -> StageKey.of(StageSpec.getDefaultInstance()))
        .hasMessageContaining("empty");
  }

  private static StageSpec prepare(double fraction) {
    return StageSpec.newBuilder()
        .setPrepare(
            PrepareSpec.newBuilder()
                .setSource(Input.newBuilder().setArtifact("sha256:" + "0".repeat(64)))
                .setFormat(PrepareSpec.Format.IMAGE_FOLDER)
                .setMaxQuarantinedFraction(fraction))
        .build();
  }
}
