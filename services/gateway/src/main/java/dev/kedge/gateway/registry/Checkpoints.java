package dev.kedge.gateway.registry;

import com.google.protobuf.UnsafeByteOperations;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.CheckpointName;
import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.v1.Checkpoint;
import dev.kedge.v1.ExportCheckpointResponse;
import dev.kedge.v1.File;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** The models that stages made: Hugging Face folders. */
@ApplicationScoped
public class Checkpoints {
  private static final Logger LOG = Logger.getLogger(Checkpoints.class);
  private static final int PIECE = 512 << 10;

  private final Projects projects;

  Checkpoints(Projects projects) {
    this.projects = projects;
  }

  /** A checkpoint's files. */
  public Checkpoint get(String name) {
    CheckpointName checkpoint = CheckpointName.parse(name);
    var answer = Checkpoint.newBuilder().setName(name);
    require(projects.store(checkpoint.project()), checkpoint)
        .files()
        .forEach((path, blob) -> answer.addFiles(file(path, blob)));
    return answer.build();
  }

  /**
   * Sends all files of a checkpoint, or of the Fisher information that weights some, one after the
   * other.
   *
   * @param to takes the next piece, and waits while the client does not read
   */
  public void export(String name, Consumer<ExportCheckpointResponse> to) {
    CheckpointName checkpoint = CheckpointName.parse(name);
    ProjectStore store = projects.store(checkpoint.project());
    Artifact artifact = require(store, checkpoint, Set.of(ConfigFile.NAME, FisherDiagonal.FILE));
    try (ArtifactView view = open(store, checkpoint, artifact)) {
      for (Map.Entry<String, Blob> file : artifact.files().entrySet()) {
        to.accept(
            ExportCheckpointResponse.newBuilder()
                .setFile(file(file.getKey(), file.getValue()))
                .build());
        send(view.path().resolve(file.getKey()), to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  /**
   * The files as a folder, every one checked. What the store has lost, and this node still has a
   * copy of, goes back into the store.
   *
   * @throws Refusal telling which of them are spoilt and which are missing, and how they come back
   */
  static ArtifactView open(ProjectStore store, CheckpointName checkpoint, Artifact artifact) {
    try {
      return whole(store, checkpoint, artifact);
    } catch (StoreException.Corrupt | StoreException.NotFound e) {
      throw Refusal.lost(
          "CHECKPOINT_LOST",
          "%s cannot be had, for %s: launch the experiment again and the stage that made it runs again; import an imported model again"
              .formatted(checkpoint, lost(store.blobs(), artifact)),
          e);
    }
  }

  private static ArtifactView whole(
      ProjectStore store, CheckpointName checkpoint, Artifact artifact) {
    ArtifactView view = store.artifacts().materialise(checkpoint.artifact());
    try {
      artifact.files().entrySet().stream()
          .filter(file -> !store.blobs().contains(file.getValue()))
          .forEach(file -> putBack(store.blobs(), checkpoint, view.path().resolve(file.getKey())));
      return view;
    } catch (RuntimeException e) {
      view.close();
      throw e;
    }
  }

  private static void putBack(BlobStore blobs, CheckpointName checkpoint, Path copy) {
    Blob blob = blobs.put(copy);
    LOG.warnf("%s of %s was missing in the store: put back from a copy", blob.digest(), checkpoint);
  }

  private static String lost(BlobStore blobs, Artifact artifact) {
    List<String> lost =
        artifact.files().entrySet().stream()
            .filter(file -> !blobs.contains(file.getValue()))
            .map(file -> file.getKey() + fate(blobs, file.getValue()))
            .toList();
    return lost.isEmpty() ? "a file arrived spoilt" : String.join(", ", lost);
  }

  private static String fate(BlobStore blobs, Blob blob) {
    return blobs
        .putAside(blob)
        .map(aside -> " is spoilt in the store and was put aside as " + aside)
        .orElse(" is missing in the store, from which something has deleted it");
  }

  /** The artifact, which must look like a model. */
  static Artifact require(ProjectStore store, CheckpointName checkpoint) {
    return require(store, checkpoint, Set.of(ConfigFile.NAME));
  }

  /** The artifact, which must have one of the files that tell what may be asked for. */
  private static Artifact require(
      ProjectStore store, CheckpointName checkpoint, Set<String> telling) {
    try {
      Artifact artifact = store.artifacts().get(checkpoint.artifact());
      if (telling.stream().anyMatch(name -> artifact.files().containsKey(name))) {
        return artifact;
      }
      throw Refusal.notFound(
          "CHECKPOINT_NOT_FOUND",
          "%s is a %s, not a checkpoint".formatted(checkpoint, artifact.kind()));
    } catch (StoreException.NotFound e) {
      throw Refusal.notFound("CHECKPOINT_NOT_FOUND", "there is no " + checkpoint);
    }
  }

  private static void send(Path file, Consumer<ExportCheckpointResponse> to) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        to.accept(
            ExportCheckpointResponse.newBuilder()
                .setData(UnsafeByteOperations.unsafeWrap(piece))
                .build());
      }
    }
  }

  private static File file(String path, Blob blob) {
    return File.newBuilder()
        .setPath(path)
        .setDigest(blob.digest().toString())
        .setSize(blob.size())
        .build();
  }
}
