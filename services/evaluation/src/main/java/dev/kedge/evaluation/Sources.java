package dev.kedge.evaluation;

import dev.kedge.stage.StageContext;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.ModelFiles;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.TensorSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the candidates' recipes combine, each opened once however many recipes need it: a sweep over
 * α reads its two checkpoints from one place, where they stay in the page cache.
 */
final class Sources implements Closeable {
  private final StageContext context;
  private final Map<String, Checkpoint> checkpoints = new HashMap<>();
  private final Map<String, SafetensorsFile> fishers = new HashMap<>();

  Sources(StageContext context) {
    this.context = context;
  }

  /** The files of an artifact. */
  Path folder(String artifact) {
    return context.artifact(artifact);
  }

  /** A checkpoint's weights. */
  Checkpoint checkpoint(String artifact) throws IOException {
    Checkpoint opened = checkpoints.get(artifact);
    if (opened == null) {
      opened = Checkpoint.open(folder(artifact));
      checkpoints.put(artifact, opened);
    }
    return opened;
  }

  /** The Fisher diagonals that a recipe needs, by digest. */
  Map<String, TensorSource> fishers(Recipe recipe) throws IOException {
    Map<String, TensorSource> needed = new TreeMap<>();
    for (String artifact : recipe.fishers()) {
      needed.put(artifact, fisher(artifact));
    }
    return needed;
  }

  private SafetensorsFile fisher(String artifact) throws IOException {
    SafetensorsFile opened = fishers.get(artifact);
    if (opened == null) {
      opened = FisherDiagonal.open(artifact, ModelFiles.in(folder(artifact)));
      fishers.put(artifact, opened);
    }
    return opened;
  }

  @Override
  public void close() throws IOException {
    for (Checkpoint checkpoint : checkpoints.values()) {
      checkpoint.close();
    }
    for (SafetensorsFile fisher : fishers.values()) {
      fisher.close();
    }
  }
}
