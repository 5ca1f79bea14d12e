package dev.kedge.stage;

import dev.kedge.store.ArtifactView;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running stage's folders: inputs laid out once each, and scratch. All go when it ends. */
final class Workspace implements AutoCloseable {
  private final ProjectStore project;
  private final Path root;
  private final Map<Digest, ArtifactView> artifacts = new HashMap<>();

  Workspace(ProjectStore project, Path scratchRoot) {
    this.project = project;
    this.root = Folders.fresh(scratchRoot, "stage-");
    Folders.make(scratch());
  }

  Path scratch() {
    return root.resolve("scratch");
  }

  /** For snapshots on their way; on the file system of scratch, so that moving is instant. */
  Path snapshots() {
    return root.resolve("snapshots");
  }

  synchronized Path artifact(Digest digest) {
    return artifacts.computeIfAbsent(digest, this::materialised).path();
  }

  private ArtifactView materialised(Digest digest) {
    try {
      return project.artifacts().materialise(digest);
    } catch (StoreException.NotFound missing) {
      throw missing(digest, project.artifacts().missing(digest), missing);
    }
  }

  /**
   * The complaint about an input.
   *
   * @param lacking what of it is not there
   */
  static StageException missing(Digest artifact, List<String> lacking, Throwable cause) {
    return StageException.user(
        "INPUT_MISSING",
        "the artifact %s is not complete in the store: run the stage or import that makes it again; it lacks %s"
            .formatted(artifact, lacking),
        cause);
  }

  @Override
  public synchronized void close() {
    artifacts.values().forEach(ArtifactView::close);
    Folders.delete(root);
  }
}
