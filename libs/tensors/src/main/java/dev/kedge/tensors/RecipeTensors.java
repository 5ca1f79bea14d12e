package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The weights that a recipe describes, computed when they are read: what {@link Materialisation}
 * would write, without the file.
 */
public final class RecipeTensors implements TensorSource {
  private final Recipe recipe;
  private final CheckpointSet checkpoints;
  private final Arena.Pool arenas = new Arena.Pool();
  private final ModelMeasures model;
  private final Map<String, Derived> derived = new HashMap<>();

  private RecipeTensors(Recipe recipe, CheckpointSet checkpoints) {
    this.recipe = recipe;
    this.checkpoints = checkpoints;
    this.model = new ModelMeasures(checkpoints, new OrderedWork(1), arenas, new HashMap<>());
  }

  /** How a tensor is computed, and what the recipe comes to there. */
  private record Derived(Formula formula, Mixture result) {}

  /**
   * Applies a recipe.
   *
   * @param given every checkpoint and Fisher diagonal of the recipe, by digest; others are ignored
   * @param storedAs the type of floating-point tensors; null for the one that they have in the
   *     checkpoints
   * @throws IllegalArgumentException if something is missing, or the recipe does not suit the
   *     tensors
   * @throws MismatchedCheckpointsException if names, shapes, types or integer tensors differ
   */
  public static RecipeTensors of(
      Recipe recipe, Map<String, ? extends TensorSource> given, DType storedAs) throws IOException {
    return new RecipeTensors(recipe, CheckpointSet.check(List.of(recipe), given, storedAs));
  }

  /** Applies a recipe, storing tensors in the type that they have in the checkpoints. */
  public static RecipeTensors of(Recipe recipe, Map<String, ? extends TensorSource> given)
      throws IOException {
    return of(recipe, given, null);
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(checkpoints.specs());
  }

  /**
   * {@inheritDoc}
   *
   * @throws NonFiniteTensorException if a value read or made is NaN or infinite
   */
  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    int width = spec(name).dtype().bytes();
    if (from % width != 0 || into.remaining() % width != 0) {
      throw new IllegalArgumentException("tensor '" + name + "' is read in whole elements");
    }
    Derived tensor = derived(name);
    for (Chunk chunk : Chunk.of(from / width, into.remaining() / width)) {
      arenas.use(
          arena -> {
            new Evaluation(tensor.formula, chunk, arena).emit(tensor.result, into);
            return null;
          });
    }
  }

  private synchronized Derived derived(String name) throws IOException {
    Derived known = derived.get(name);
    if (known == null) {
      Derivation tensor = new Derivation(spec(name), model);
      Mixture result = tensor.result(recipe);
      known = new Derived(tensor.formula(), result);
      derived.put(name, known);
    }
    return known;
  }
}
