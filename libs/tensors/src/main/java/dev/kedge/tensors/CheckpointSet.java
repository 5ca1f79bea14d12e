package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checkpoints that hold the same tensors, so that they can be combined.
 *
 * @param sources the checkpoints by digest, at least one
 * @param specs the tensors that all of them hold, as they are stored in a result
 */
record CheckpointSet(SortedMap<String, TensorSource> sources, SortedMap<String, TensorSpec> specs) {

  /**
   * Checks that the checkpoints fit together.
   *
   * @param storedAs the type of the result's floating-point tensors; null for their own, which must
   *     then be the same everywhere
   * @throws MismatchedCheckpointsException listing every difference
   */
  static CheckpointSet check(Map<String, ? extends TensorSource> checkpoints, DType storedAs)
      throws IOException {
    SortedMap<String, TensorSource> sources = new TreeMap<>(checkpoints);
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
    if (!mismatches.isEmpty()) {
      throw new MismatchedCheckpointsException(mismatches);
    }
    return new CheckpointSet(sources, specs);
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
