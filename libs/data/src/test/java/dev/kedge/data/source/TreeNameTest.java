package dev.kedge.data.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TreeNameTest {
  @Test
  void bytesThatAreNotUtf8AreWrittenOutAndAreNoControlCharacters() {
    assertThat(TreeName.of("caf\u00e9".getBytes(UTF_8))).isEqualTo("caf\u00e9");
    assertThat(TreeName.of("100%/caf\u00e9".getBytes(ISO_8859_1))).isEqualTo("100%25/caf%E9");
    assertThat(TreePath.checked(TreeName.of(new byte[] {'a', '/', (byte) 0x82, 't'})))
        .isEqualTo("a/%82t");
  }
}
