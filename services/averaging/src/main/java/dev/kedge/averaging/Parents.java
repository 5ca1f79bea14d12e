package dev.kedge.averaging;

import dev.kedge.stage.StageContext;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.Mixture;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checkpoints that are averaged, by digest.
 *
 * @param folders where their files are
 * @param weights their opened weights
 */
record Parents(SortedMap<String, Path> folders, SortedMap<String, Checkpoint> weights)
    implements Closeable {

  static Parents open(Mixture mixture, StageContext context) throws IOException {
    Parents parents = new Parents(new TreeMap<>(), new TreeMap<>());
    try {
      for (String digest : mixture.weights().keySet()) {
        Path folder = context.artifact(digest);
        parents.folders.put(digest, folder);
        parents.weights.put(digest, Checkpoint.open(folder));
      }
      return parents;
    } catch (IOException | RuntimeException e) {
      parents.close();
      throw e;
    }
  }

  /** Whether a tensor belongs to the classifier. */
  boolean inHead(String tensor) {
    return weights.get(weights.firstKey()).inHead(tensor);
  }

  @Override
  public void close() throws IOException {
    for (Checkpoint checkpoint : weights.values()) {
      checkpoint.close();
    }
  }
}
