package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void theStandardsExampleHasTheStandardsDigest() {
    assertThat(Digest.of(StoreContract.bytes("abc"))).hasToString(ABC);
  }

  @Test
  void theTextualFormIsReadBack() {
    assertThat(Digest.parse(ABC)).hasToString(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad ",
        "sha256:../../../../../../../../../../../../../../../../../../../etc/pass"
      })
  void anythingElseIsRefusedByName(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"");
  }
}
