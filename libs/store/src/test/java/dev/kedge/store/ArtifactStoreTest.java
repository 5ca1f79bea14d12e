package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArtifactStoreTest extends StoreContract {
  private Blob weights;
  private Artifact artifact;

  @BeforeEach
  void putBlobs() {
    weights = project.blobs().put(bytes("weights"));
    Blob config = project.blobs().put(bytes("{}"));
    artifact =
        new Artifact(
            "checkpoint", new TreeMap<>(Map.of("model/weights", weights, "config.json", config)));
  }

  @Test
  void anArtifactIsLaidOutAsItsFiles() throws Exception {
    Digest digest = project.artifacts().put(artifact);
    Path path;
    try (ArtifactView view = project.artifacts().materialise(digest)) {
      path = view.path();
      assertThat(path.resolve("model/weights")).hasContent("weights");
      assertThat(path.resolve("config.json")).hasContent("{}");
      assertThat(Files.getPosixFilePermissions(path.resolve("config.json")))
          .allMatch(permission -> permission.name().endsWith("READ"));
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void whatThisNodeHasNoCopyOfHasToBeFetched() {
    Digest digest = project.artifacts().put(artifact);
    assertThat(project.artifacts().bytesToFetch(digest)).isEqualTo(9);
    project.artifacts().materialise(digest).close();
    assertThat(project.artifacts().bytesToFetch(digest)).isZero();
    assertThat(project.artifacts().place()).isEqualTo(scratch());
  }

  @Test
  void equalFilesAreOneArtifactWhoeverStoresThem() {
    assertThat(project.artifacts().put(artifact)).isEqualTo(project.artifacts().put(artifact));
    assertThat(project.artifacts().get(artifact.digest())).isEqualTo(artifact);
  }

  @Test
  void anArtifactIsNotStoredBeforeItsBlobs() {
    project.blobs().delete(weights);
    assertThatThrownBy(() -> project.artifacts().put(artifact))
        .isInstanceOf(StoreException.NotFound.class)
        .hasMessageContaining("model/weights");
    assertThat(project.artifacts().isIntact(artifact.digest())).isFalse();
  }

  @Test
  void aMissingFileIsNamed() {
    Digest digest = project.artifacts().put(artifact);
    assertThat(project.artifacts().isIntact(digest)).isTrue();
    project.blobs().delete(weights);
    assertThat(project.artifacts().missing(digest)).containsExactly("model/weights");
  }

  @Test
  void aSpoiltArtifactIsCorruptAndNotIntact() {
    Digest digest = project.artifacts().put(artifact);
    spoil(keyEnding(digest.hex() + ".json"));
    assertThat(project.artifacts().isIntact(digest)).isFalse();
    assertThatThrownBy(() -> project.artifacts().get(digest))
        .isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void aSpoiltFileLeavesNoHalfOfAView() {
    Digest digest = project.artifacts().put(artifact);
    spoil(keyEnding(weights.digest().hex()));
    assertThatThrownBy(() -> project.artifacts().materialise(digest))
        .isInstanceOf(StoreException.Corrupt.class);
    assertThat(scratch()).isEmptyDirectory();
  }
}
