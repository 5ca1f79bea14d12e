package dev.kedge.stage;

import dev.kedge.store.Blob;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a stage made. */
public sealed interface StageOutput {
  /** Named measurements of the result. */
  Map<String, Double> metrics();

  /**
   * New files.
   *
   * @param artifactKind lower-case letters, digits and hyphens, for example {@code checkpoint}
   * @param files path inside the artifact, with {@code /}, to file
   */
  record NewFiles(String artifactKind, SortedMap<String, Path> files, Map<String, Double> metrics)
      implements StageOutput {
    /** Refuses an artifact without kind or files. */
    public NewFiles {
      if (artifactKind.isBlank() || files.isEmpty()) {
        throw new IllegalArgumentException(
            "an artifact needs a kind and files; kind '%s' has %d files"
                .formatted(artifactKind, files.size()));
      }
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * New files that are stored already, by {@link StoredFiles#write} or as those of an input.
   *
   * @param artifactKind as in {@link NewFiles}
   * @param files path inside the artifact, with {@code /}, to blob
   */
  record Stored(String artifactKind, SortedMap<String, Blob> files, Map<String, Double> metrics)
      implements StageOutput {
    /** Copies the files and metrics. */
    public Stored {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * An artifact that is there already, passed through.
   *
   * @param artifact its digest, {@code sha256:…}
   */
  record Existing(String artifact, Map<String, Double> metrics) implements StageOutput {
    /** Copies the metrics. */
    public Existing {
      metrics = Map.copyOf(metrics);
    }
  }

  /** All files under a folder, named by their path in it. */
  static StageOutput folder(String artifactKind, Path folder, Map<String, Double> metrics) {
    return new NewFiles(artifactKind, Folders.files(folder), metrics);
  }

  /** An artifact that is there already. */
  static StageOutput existing(String artifact) {
    return new Existing(artifact, Map.of());
  }
}
