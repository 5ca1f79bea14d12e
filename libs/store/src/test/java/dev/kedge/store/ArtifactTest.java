package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactTest {
  private static final Blob BLOB = new Blob(Digest.of(new byte[] {7}), 1);

  @Test
  void theOneSpellingIsSortedAndWithoutSpace() {
    Artifact artifact = artifact(Map.of("b/c.txt", BLOB, "a.json", BLOB));
    String blob = "{\"digest\":\"" + BLOB.digest() + "\",\"size\":1}";
    assertThat(new String(artifact.canonicalJson(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"files\":{\"a.json\":" + blob + ",\"b/c.txt\":" + blob + "},\"kind\":\"test\"}");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() {
    Artifact artifact = artifact(Map.of("a", BLOB));
    assertThat(CanonicalJson.read(artifact.canonicalJson(), Artifact.class, "test"))
        .isEqualTo(artifact);
  }

  @Test
  void anotherKindOrPathOrByteIsAnotherArtifact() {
    Digest digest = artifact(Map.of("a", BLOB)).digest();
    Blob other = new Blob(Digest.of(new byte[] {8}), 1);
    assertThat(artifact(Map.of("b", BLOB)).digest()).isNotEqualTo(digest);
    assertThat(artifact(Map.of("a", other)).digest()).isNotEqualTo(digest);
    assertThat(new Artifact("other", new TreeMap<>(Map.of("a", BLOB))).digest())
        .isNotEqualTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../x",
        "a/../../x",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\u0000b",
        "a\nb"
      })
  void aPathThatCouldEscapeIsRefusedByName(String path) {
    assertThatThrownBy(() -> artifact(Map.of(path, BLOB)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + path + "\"");
  }

  @Test
  void aFileInsideAFileIsRefused() {
    assertThatThrownBy(() -> artifact(Map.of("a", BLOB, "a/b", BLOB)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a/b");
  }

  private static Artifact artifact(Map<String, Blob> files) {
    return new Artifact("test", new TreeMap<>(files));
  }
}
