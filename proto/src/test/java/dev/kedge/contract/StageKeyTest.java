package dev.kedge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageKeyTest {
  private static final StageSpec SPEC = prepare(0.1);

  @Test
  void aKeyNeverChangesByItself() {
    assertThat(StageKey.of(SPEC))
        .isEqualTo("838c0f80e44d0d09bb4cfda0363aeb3d693585be142e9c9176d3a041ee486021");
  }

  /** Runs of older plans are found again: their methods are the same bytes as ever. */
  @ParameterizedTest
  @CsvSource({
    "'full {}', 1200",
    "'lp {}', 1a00",
    "'lp_ft {}', 2200",
    "'zero_shot {}', 0a00",
    "'l2 {lambda: 0.1 exclude_head: true}', 2a0b099a9999999999b93f1001",
    "'l1 {lambda: 1e-4}', 3209092d431cebe2361a3f",
    "'ewc {lambda: 10 fisher {artifact: \"sha256:f\"}}', 3a150900000000000024401a0a0a087368613235363a66",
    "'kd_features {lambda: 1}', 420909000000000000f03f",
    "'kd_logits {lambda: 1 temperature: 2}', 4a1209000000000000f03f110000000000000040",
  })
  void theBytesOfEarlierMethodsStay(String method, String bytes) throws TextFormat.ParseException {
    MethodSpec spec = TextFormat.parse(method, MethodSpec.class);
    assertThat(HexFormat.of().formatHex(spec.toByteArray())).isEqualTo(bytes);
  }

  @Test
  void theKeyOfAnEarlierFisherInformationStays() throws TextFormat.ParseException {
    StageSpec spec =
        TextFormat.parse(
            """
            fisher {
              checkpoint {artifact: "sha256:base"}
              data {dataset {artifact: "sha256:data"} part: ALL}
              samples: 100
              threads: 2
            }
            """,
            StageSpec.class);
    assertThat(StageKey.of(spec))
        .isEqualTo("3a084b3eb2958fd2b77eba5de66133b40c1a241a1bde8a25e9b40b3797367c91");
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
