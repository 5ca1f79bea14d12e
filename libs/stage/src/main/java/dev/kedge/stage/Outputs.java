package dev.kedge.stage;

import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import java.util.TreeMap;

/** Makes a stage's output an artifact of its project, which is to be committed. */
final class Outputs {
  private Outputs() {}

  /** Uploads what is not in the store yet; safe to repeat. */
  static Digest store(StageOutput output, ProjectStore project) {
    if (output instanceof StageOutput.NewFiles files) {
      return upload(files, project);
    }
    if (output instanceof StageOutput.Stored stored) {
      return project.artifacts().write(new Artifact(stored.artifactKind(), stored.files()));
    }
    return Digest.parse(((StageOutput.Existing) output).artifact());
  }

  private static Digest upload(StageOutput.NewFiles output, ProjectStore project) {
    var blobs = new TreeMap<String, Blob>();
    output.files().forEach((name, file) -> blobs.put(name, project.blobs().put(file)));
    return project.artifacts().write(new Artifact(output.artifactKind(), blobs));
  }
}
