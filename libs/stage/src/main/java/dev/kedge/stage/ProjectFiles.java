package dev.kedge.stage;

import dev.kedge.store.Blob;
import dev.kedge.store.BlobWriter;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The files of one project, for one running stage. */
record ProjectFiles(ProjectStore project, Patience patience) implements StoredFiles {
  @Override
  public SortedMap<String, Blob> of(String artifact) {
    Digest digest = Attempt.digest(artifact);
    return patience.with(() -> complete(digest));
  }

  private SortedMap<String, Blob> complete(Digest artifact) {
    List<String> missing = project.artifacts().missing(artifact);
    if (!missing.isEmpty()) {
      throw Workspace.missing(artifact, missing, null);
    }
    return project.artifacts().get(artifact).files();
  }

  @Override
  public void read(Blob blob, long from, byte[] into) {
    patience.with(
        () -> {
          fill(blob, from, into);
          return blob;
        });
  }

  private void fill(Blob blob, long from, byte[] into) {
    try (InputStream in = project.blobs().open(blob, from, into.length)) {
      if (in.readNBytes(into, 0, into.length) < into.length) {
        throw new StoreException.Unavailable(blob + " was cut off on the way", null);
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot read " + blob, e);
    }
  }

  @Override
  public void requireSound(Blob blob, Digest read) {
    patience.with(
        () -> {
          project.blobs().requireSound(blob, read);
          return blob;
        });
  }

  @Override
  public Blob write(long size, BlobWriter writer) {
    return patience.with(() -> project.blobs().write(size, writer));
  }

  @Override
  public Optional<SortedMap<String, Blob>> part(String partKey) {
    return patience.with(() -> find(partKey));
  }

  private Optional<SortedMap<String, Blob>> find(String partKey) {
    return project.results().find(partKey) instanceof StageLookup.Intact intact
        ? Optional.of(project.artifacts().get(intact.result().artifact()).files())
        : Optional.empty();
  }
}
