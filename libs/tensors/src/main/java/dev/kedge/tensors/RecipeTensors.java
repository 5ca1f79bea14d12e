package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;

/**
 * The weights that a recipe describes, computed when they are read: what a file written by {@link
 * RecipeFiles} would hold, without the file.
 */
public final class RecipeTensors implements TensorSource {
  private final Mixture mixture;
  private final CheckpointSet checkpoints;

  RecipeTensors(Mixture mixture, CheckpointSet checkpoints) {
    this.mixture = mixture;
    this.checkpoints = checkpoints;
  }

  /**
   * Applies a mixture, storing tensors in the type that they have in the checkpoints.
   *
   * @param checkpoints every checkpoint of the mixture, by digest; others are ignored
   * @throws MismatchedCheckpointsException if names, shapes, types or integer tensors differ
   */
  public static RecipeTensors of(Mixture mixture, Map<String, ? extends TensorSource> checkpoints)
      throws IOException {
    return new RecipeTensors(
        mixture, CheckpointSet.check(RecipeFiles.used(mixture, checkpoints), null));
  }

  /** Applies a mixture, storing floating-point tensors as one type, whatever they were. */
  public static RecipeTensors of(
      Mixture mixture, Map<String, ? extends TensorSource> checkpoints, DType storedAs)
      throws IOException {
    return new RecipeTensors(
        mixture, CheckpointSet.check(RecipeFiles.used(mixture, checkpoints), storedAs));
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(checkpoints.specs());
  }

  /**
   * {@inheritDoc}
   *
   * @throws NonFiniteTensorException if a value read is NaN or infinite
   */
  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    TensorSpec spec = spec(name);
    int width = spec.dtype().bytes();
    int elements = into.remaining() / width;
    if (from % width != 0 || into.remaining() % width != 0) {
      throw new IllegalArgumentException("tensor '" + name + "' is read in whole elements");
    }
    Blend blend = new Blend(checkpoints, spec, Math.min(elements, Chunk.LIMIT));
    for (Chunk chunk : Chunk.of(from / width, elements)) {
      blend.load(chunk);
      blend.mix(mixture, into);
    }
  }
}
