package dev.kedge.gateway.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.contract.SearchArtifact;
import dev.kedge.store.Artifact;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import java.util.Optional;

/** The artifact of a search: the recipe that was found, and everything that was tried. */
record SearchFiles(ProjectStore store, Artifact artifact) {
  /** Empty where a stage of another kind made the artifact. */
  static Optional<SearchFiles> open(ProjectStore store, Digest digest) {
    return Optional.of(new SearchFiles(store, store.artifacts().get(digest)))
        .filter(files -> files.artifact.kind().equals(SearchArtifact.KIND));
  }

  /** Both, under the names {@code recipe} and {@code search}. */
  String json() {
    return "{\"recipe\": %s, \"search\": %s}"
        .formatted(text(SearchArtifact.RECIPE), text(SearchArtifact.SEARCH));
  }

  private String text(String file) {
    return new String(store.blobs().read(artifact.files().get(file)), UTF_8);
  }
}
