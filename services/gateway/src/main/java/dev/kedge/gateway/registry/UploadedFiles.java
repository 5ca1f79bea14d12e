package dev.kedge.gateway.registry;

import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.File;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of an import request. */
final class UploadedFiles {
  private static final int MOST_FILES = 100_000;

  private UploadedFiles() {}

  /**
   * The files as one artifact.
   *
   * @return the artifact's digest
   */
  static Digest store(ProjectStore store, String kind, List<File> files) {
    if (files.isEmpty() || files.size() > MOST_FILES) {
      throw Refusal.invalid(
          "FILES_MISSING",
          "files",
          "%d files are named: upload 1 to %d and name them".formatted(files.size(), MOST_FILES));
    }
    SortedMap<String, Blob> blobs = blobs(store, files);
    try {
      return store.artifacts().put(new Artifact(kind, blobs));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("PATH_INVALID", "files", e.getMessage(), e);
    }
  }

  private static SortedMap<String, Blob> blobs(ProjectStore store, List<File> files) {
    SortedMap<String, Blob> blobs = new TreeMap<>();
    List<FieldViolation> problems = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String field = "files[%d]".formatted(i);
      try {
        Blob blob = blob(files.get(i));
        if (!store.blobs().contains(blob)) {
          problems.add(
              Refusal.violation(field, files.get(i).getPath() + " is not uploaded: upload it"));
        }
        if (blobs.put(files.get(i).getPath(), blob) != null) {
          problems.add(Refusal.violation(field, files.get(i).getPath() + " is named twice"));
        }
      } catch (IllegalArgumentException e) {
        problems.add(Refusal.violation(field, e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw Refusal.invalid("FILES_INVALID", "the files cannot be registered", problems);
    }
    return blobs;
  }

  private static Blob blob(File file) {
    return new Blob(Digest.parse(file.getDigest()), file.getSize());
  }
}
