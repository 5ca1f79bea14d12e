package dev.kedge.e2e;

import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads a project's artifacts as anybody may who comes later: every byte, past all copies. */
final class LaterReader {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ProjectStore project;
  private final Path scratch;
  private final Set<Blob> sound = ConcurrentHashMap.newKeySet();

  LaterReader(ObjectStore store, String project, BlobCache cache, Path scratch) {
    this.project = new ProjectStore(store, project, cache);
    this.scratch = scratch;
  }

  /** What is said of it, if it is not whole; a store that is out of reach is waited for. */
  Optional<String> complaint(Digest digest) throws InterruptedException {
    return Patience.answer(PATIENCE, "the store answers", () -> Optional.of(said(digest)));
  }

  private Optional<String> said(Digest digest) {
    try {
      Artifact artifact = project.artifacts().get(digest);
      artifact.files().values().stream().filter(blob -> !sound.contains(blob)).forEach(this::read);
      return Optional.empty();
    } catch (StoreException.NotFound | StoreException.Corrupt told) {
      return Optional.of(told.getMessage());
    }
  }

  private void read(Blob blob) {
    Path file = scratch.resolve(blob.digest().hex());
    project.blobs().download(blob, file);
    sound.add(blob);
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
