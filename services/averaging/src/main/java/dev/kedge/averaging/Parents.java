package dev.kedge.averaging;

import dev.kedge.stage.StoredFiles;
import dev.kedge.store.Blob;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a recipe combines, by digest, opened where it is stored. */
final class Parents implements Closeable {
  private final StoredFiles store;
  private final Blocks blocks;
  private final List<StreamedFile> streamed = new ArrayList<>();
  private final SortedMap<String, SortedMap<String, Blob>> files = new TreeMap<>();
  private final SortedMap<String, Checkpoint> checkpoints = new TreeMap<>();
  private final SortedMap<String, TensorSource> sources = new TreeMap<>();

  private Parents(StoredFiles store, int count) {
    this.store = store;
    this.blocks = new Blocks(store, count);
  }

  /** Opens all that a recipe needs; what is not complete in the store is refused. */
  static Parents open(Recipe recipe, StoredFiles store) throws IOException {
    Parents parents = new Parents(store, recipe.checkpoints().size() + recipe.fishers().size());
    try {
      for (String digest : recipe.checkpoints()) {
        parents.addCheckpoint(digest);
      }
      for (String digest : recipe.fishers()) {
        parents.addFisher(digest);
      }
      return parents;
    } catch (IOException | RuntimeException e) {
      parents.close();
      throw e;
    }
  }

  /** The checkpoints' files by digest and name. */
  SortedMap<String, SortedMap<String, Blob>> files() {
    return files;
  }

  /** All tensors that the recipe reads. */
  SortedMap<String, TensorSource> sources() {
    return sources;
  }

  /** Whether a tensor belongs to the classifier. */
  boolean inHead(String tensor) {
    return checkpoints.get(checkpoints.firstKey()).inHead(tensor);
  }

  /** Checks all files against their digests; what was read in order is not read again. */
  void requireSound() {
    streamed.forEach(StreamedFile::requireSound);
  }

  @Override
  public void close() {
    blocks.close();
  }

  private void addCheckpoint(String digest) throws IOException {
    StoredModel model = model(digest);
    Checkpoint checkpoint = Checkpoint.open(model);
    files.put(digest, model.files());
    checkpoints.put(digest, checkpoint);
    sources.put(digest, checkpoint);
  }

  private void addFisher(String digest) throws IOException {
    sources.put(digest, FisherDiagonal.open(digest, model(digest)));
  }

  private StoredModel model(String digest) {
    return new StoredModel(digest, store.of(digest), this::streamed);
  }

  private StreamedFile streamed(Blob blob) {
    StreamedFile file = new StreamedFile(store, blocks, blob);
    streamed.add(file);
    return file;
  }
}
