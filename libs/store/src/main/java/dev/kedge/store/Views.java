package dev.kedge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Lays blobs out as folders. */
final class Views {
  private final BlobCache cache;

  Views(BlobCache cache) {
    this.cache = cache;
  }

  /** Whether this node has a copy already. */
  boolean hasCopy(Blob blob) {
    return cache.has(blob);
  }

  /** Where files are laid out. */
  Path place() {
    return cache.scratch();
  }

  /**
   * Lays out files; either all of them or, if this throws, none.
   *
   * @param files blobs by path, checked by {@link ArtifactPath}
   */
  ArtifactView of(Map<String, Blob> files, BlobStore source) {
    try {
      ArtifactView view = new ArtifactView(Files.createTempDirectory(cache.scratch(), "view"));
      fill(view, files, source);
      return view;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lay out files under " + cache.scratch(), e);
    }
  }

  private void fill(ArtifactView view, Map<String, Blob> files, BlobStore source)
      throws IOException {
    boolean complete = false;
    try {
      for (Map.Entry<String, Blob> file : files.entrySet()) {
        Path target = view.path().resolve(file.getKey());
        Files.createDirectories(target.getParent());
        cache.link(file.getValue(), source, target);
      }
      complete = true;
    } finally {
      if (!complete) {
        view.close();
      }
    }
  }
}
