package dev.kedge.gateway.experiments;

import dev.kedge.report.EvaluationIndex;
import dev.kedge.report.Predictions;
import dev.kedge.store.Artifact;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * An evaluation's artifact: an index and files of predictions.
 *
 * @param entries what lies in it
 */
record EvaluationFiles(ProjectStore store, Artifact artifact, List<Entry> entries) {

  /** One candidate on one suite, in one file. */
  record Entry(String suite, String candidate, String file) {}

  static EvaluationFiles open(ProjectStore store, Digest digest) {
    Artifact artifact = store.artifacts().get(digest);
    List<Entry> entries = new ArrayList<>();
    try (InputStream in = file(store, artifact, EvaluationIndex.FILE)) {
      EvaluationIndex.read(in)
          .suites()
          .forEach(
              (suite, files) ->
                  files.forEach(
                      (candidate, file) -> entries.add(new Entry(suite, candidate, file))));
    } catch (IOException e) {
      throw new StoreException.Corrupt("the evaluation's index is not one", e);
    }
    return new EvaluationFiles(store, artifact, entries);
  }

  Predictions predictions(Entry entry) {
    try {
      return Predictions.read(file(store, artifact, entry.file()));
    } catch (IllegalArgumentException e) {
      throw new StoreException.Corrupt("%s: %s".formatted(entry.file(), e.getMessage()), e);
    }
  }

  private static InputStream file(ProjectStore store, Artifact artifact, String name) {
    Blob blob = artifact.files().get(name);
    if (blob == null) {
      throw new StoreException.Corrupt("the evaluation has no " + name);
    }
    return new ByteArrayInputStream(store.blobs().read(blob));
  }
}
