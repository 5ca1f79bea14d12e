package dev.kedge.averaging;

import dev.kedge.store.Blob;
import dev.kedge.tensors.ModelFiles;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * An artifact's files, where they are stored.
 *
 * @param artifact its digest
 * @param opening starts the reading of a file
 */
record StoredModel(
    String artifact, SortedMap<String, Blob> files, Function<Blob, StreamedFile> opening)
    implements ModelFiles {
  @Override
  public Path path(String name) {
    return Path.of(artifact, name);
  }

  @Override
  public boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public StreamedFile open(String name) {
    return opening.apply(files.get(name));
  }
}
