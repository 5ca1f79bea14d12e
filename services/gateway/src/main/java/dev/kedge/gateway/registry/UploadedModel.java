package dev.kedge.gateway.registry;

import dev.kedge.models.train.LoraConfig;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Uploaded files of a model, and what all stages read in their place. */
record UploadedModel(ProjectStore store, Digest uploaded) {
  static final String KIND = "model";

  /**
   * The files under Hugging Face's own names, an adapter merged into its base; they are the
   * uploaded ones where nothing is to be written anew.
   *
   * @param base the name of an adapter's base, or empty
   * @param named finds the files of a model by its name
   */
  Digest whole(String base, Function<String, Digest> named) {
    try (ArtifactView view = DiskRoom.laidOut(store, uploaded)) {
      AdapterImport.requireFit(view.path(), base);
      if (!base.isEmpty()) {
        return merged(view.path(), named.apply(base));
      }
      if (OpenClipImport.isOpenClip(view.path())) {
        return rewritten(uploaded, target -> OpenClipImport.convert(view.path(), target));
      }
      return LanguageImport.hasOtherNames(view.path())
          ? rewritten(uploaded, target -> LanguageImport.convert(view.path(), target))
          : uploaded;
    }
  }

  private Digest merged(Path adapter, Digest base) {
    try (ArtifactView view = DiskRoom.laidOut(store, base)) {
      return rewritten(base, target -> AdapterImport.merge(adapter, view.path(), target));
    }
  }

  /** Writes new weights into an empty folder. */
  @FunctionalInterface
  private interface Rewriting {
    void into(Path target) throws IOException;
  }

  private Digest rewritten(Digest source, Rewriting rewriting) {
    try {
      Path target = Files.createTempDirectory("kedge-import");
      try {
        SortedMap<String, Blob> files = new TreeMap<>(store.artifacts().get(source).files());
        DiskRoom.at(target).require("rewriting the model", bytes(files));
        rewriting.into(target);
        files.keySet().removeIf(UploadedModel::isOfOldWeights);
        try (Stream<Path> made = Files.list(target)) {
          made.forEach(file -> files.put(file.getFileName().toString(), store.blobs().put(file)));
        }
        return store.artifacts().put(new Artifact(KIND, files));
      } finally {
        deleteFlat(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot convert the uploaded model", e);
    }
  }

  private static long bytes(SortedMap<String, Blob> files) {
    return files.values().stream().mapToLong(Blob::size).sum();
  }

  private static boolean isOfOldWeights(String path) {
    return path.endsWith(".safetensors")
        || path.equals(Checkpoint.INDEX)
        || path.endsWith(LoraConfig.NAME);
  }

  private static void deleteFlat(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
