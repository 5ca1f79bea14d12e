package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Checkpoints that hold the same tensors, so that they can be combined, and the Fisher diagonals
 * that belong to them.
 *
 * @param sources the checkpoints by digest, at least one
 * @param fishers Fisher diagonals by digest
 * @param specs the tensors that all checkpoints hold, as they are stored in a result
 */
record CheckpointSet(
    SortedMap<String, TensorSource> sources,
    SortedMap<String, TensorSource> fishers,
    SortedMap<String, TensorSpec> specs) {

  /**
   * Checks that recipes can be applied, without reading more than integers.
   *
   * @param given checkpoints and Fisher diagonals by digest; those that no recipe needs are ignored
   * @param storedAs the type of the result's floating-point tensors; null for their own, which must
   *     then be the same everywhere
   * @throws IllegalArgumentException if something needed was not given, or a recipe does not suit
   *     the tensors
   * @throws MismatchedCheckpointsException listing every difference
   */
  static CheckpointSet check(
      List<? extends Recipe> recipes, Map<String, ? extends TensorSource> given, DType storedAs)
      throws IOException {
    SortedMap<String, TensorSource> models = needed(recipes, Recipe::checkpoints, given);
    SortedMap<String, TensorSource> fishers = needed(recipes, Recipe::fishers, given);
    CheckpointSet set = check(models, fishers, storedAs);
    for (Recipe recipe : recipes) {
      if (recipe.mixture().weights().isEmpty()) {
        throw new IllegalArgumentException("the recipe is empty: all its weights are zero");
      }
      recipe.check(set.layers(), set.specs.values());
      set.requireSameCover(recipe.fishers());
    }
    return set;
  }

  /** The Fisher diagonals of one recipe must cover the same tensors. */
  private void requireSameCover(SortedSet<String> diagonals) throws MismatchedCheckpointsException {
    SortedSet<String> all = new TreeSet<>();
    diagonals.forEach(diagonal -> all.addAll(fishers.get(diagonal).specs().keySet()));
    List<String> mismatches = new ArrayList<>();
    for (String diagonal : diagonals) {
      SortedSet<String> missing = new TreeSet<>(all);
      missing.removeAll(fishers.get(diagonal).specs().keySet());
      missing.forEach(
          name ->
              mismatches.add(
                  "'%s' is missing in %s, unlike other Fisher diagonals of the recipe"
                      .formatted(name, diagonal)));
    }
    if (!mismatches.isEmpty()) {
      throw new MismatchedCheckpointsException(mismatches);
    }
  }

  /** Where the tensors lie in the model. */
  Layers layers() {
    return Layers.of(specs.keySet());
  }

  /** A checkpoint or Fisher diagonal by its digest. */
  TensorSource source(String digest) {
    TensorSource model = sources.get(digest);
    return model == null ? fishers.get(digest) : model;
  }

  private static SortedMap<String, TensorSource> needed(
      List<? extends Recipe> recipes,
      Function<Recipe, Set<String>> names,
      Map<String, ? extends TensorSource> given) {
    SortedMap<String, TensorSource> needed = new TreeMap<>();
    for (Recipe recipe : recipes) {
      for (String name : names.apply(recipe)) {
        TensorSource source = given.get(name);
        if (source == null) {
          throw new IllegalArgumentException("the recipe needs " + name + ", which was not given");
        }
        needed.put(name, source);
      }
    }
    return needed;
  }

  private static CheckpointSet check(
      SortedMap<String, TensorSource> sources,
      SortedMap<String, TensorSource> fishers,
      DType storedAs)
      throws IOException {
    List<String> mismatches = new ArrayList<>();
    SortedMap<String, TensorSpec> specs = new TreeMap<>();
    TreeSet<String> names = new TreeSet<>();
    sources.values().forEach(source -> names.addAll(source.specs().keySet()));
    Comparison comparison = new Comparison(sources, storedAs != null);
    for (String name : names) {
      List<String> found = comparison.differences(name);
      mismatches.addAll(found);
      if (found.isEmpty()) {
        TensorSpec own = sources.get(sources.firstKey()).spec(name);
        boolean converted = storedAs != null && own.dtype().floating();
        specs.put(name, converted ? own.as(storedAs) : own);
      }
    }
    fishers.forEach((name, fisher) -> mismatches.addAll(strangers(name, fisher, specs)));
    if (!mismatches.isEmpty()) {
      throw new MismatchedCheckpointsException(mismatches);
    }
    return new CheckpointSet(sources, fishers, specs);
  }

  /** What a Fisher diagonal holds that the checkpoints do not. */
  private static List<String> strangers(
      String name, TensorSource fisher, Map<String, TensorSpec> specs) {
    return fisher.specs().values().stream()
        .filter(
            diagonal -> {
              TensorSpec spec = specs.get(diagonal.name());
              return spec == null
                  || !spec.shape().equals(diagonal.shape())
                  || !diagonal.dtype().floating();
            })
        .map(
            diagonal ->
                "'%s' is %s %s in the Fisher diagonal %s, unlike the checkpoints"
                    .formatted(diagonal.name(), diagonal.dtype(), diagonal.shape(), name))
        .toList();
  }

  /** Compares every checkpoint with the first. */
  private record Comparison(SortedMap<String, TensorSource> sources, boolean anyFloat) {
    List<String> differences(String name) throws IOException {
      List<String> differences = new ArrayList<>();
      for (String checkpoint : sources.keySet()) {
        String difference = difference(name, sources.firstKey(), checkpoint);
        if (!difference.isEmpty()) {
          differences.add(difference);
        }
      }
      return differences;
    }

    private String difference(String name, String first, String other) throws IOException {
      TensorSpec spec = sources.get(first).specs().get(name);
      TensorSpec otherSpec = sources.get(other).specs().get(name);
      if (otherSpec == null) {
        return "'%s' is missing in %s".formatted(name, other);
      }
      if (spec == null) {
        return ""; // said once, of the first
      }
      if (!spec.shape().equals(otherSpec.shape()) || !typesFit(spec.dtype(), otherSpec.dtype())) {
        return "'%s' is %s %s in %s but %s %s in %s"
            .formatted(
                name,
                spec.dtype(),
                spec.shape(),
                first,
                otherSpec.dtype(),
                otherSpec.shape(),
                other);
      }
      if (!spec.dtype().floating() && !first.equals(other) && !sameBytes(spec, first, other)) {
        return "'%s' holds %s numbers that differ between %s and %s"
            .formatted(name, spec.dtype(), first, other);
      }
      return "";
    }

    private boolean typesFit(DType one, DType other) {
      return one == other || (anyFloat && one.floating() && other.floating());
    }

    private boolean sameBytes(TensorSpec spec, String first, String other) throws IOException {
      ByteBuffer ours = Chunk.buffer(spec);
      ByteBuffer theirs = Chunk.buffer(spec);
      for (Chunk chunk : Chunk.of(spec)) {
        chunk.read(sources.get(first), spec, ours);
        chunk.read(sources.get(other), spec, theirs);
        if (!ours.equals(theirs)) {
          return false;
        }
      }
      return true;
    }
  }
}
