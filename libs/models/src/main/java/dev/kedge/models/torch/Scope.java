package dev.kedge.models.torch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Owns the tensors made in it and frees them when it ends; says whether calls are recorded.
 *
 * <p>A training step opens a {@link #recording} scope, everything else a {@link #plain} one. A
 * scope is used by one thread at a time.
 */
public final class Scope implements AutoCloseable {
  private final boolean recording;
  private final Set<Tensor> tensors = new LinkedHashSet<>();
  private final List<Recomputation.Deferred> deferred = new ArrayList<>();
  private boolean closed;

  private Scope(boolean recording) {
    this.recording = recording;
  }

  /** A scope whose calls are recorded for differentiation. */
  public static Scope recording() {
    return new Scope(true);
  }

  /** A scope whose calls compute values only. */
  public static Scope plain() {
    return new Scope(false);
  }

  /** Whether calls are recorded for differentiation. */
  public boolean isRecording() {
    return recording;
  }

  /** Notes a part that was not recorded. */
  void defer(Recomputation.Deferred part) {
    deferred.add(part);
  }

  /** The parts that were not recorded, in the order of computation. */
  List<Recomputation.Deferred> deferred() {
    return List.copyOf(deferred);
  }

  /** Takes a tensor over from the scope that owns it, so that it outlives that scope. */
  public Tensor take(Tensor tensor, Scope owner) {
    requireOpen();
    if (!owner.tensors.remove(tensor)) {
      throw new IllegalArgumentException("the tensor is not owned by the scope it is taken from");
    }
    tensors.add(tensor);
    return tensor;
  }

  Tensor own(long handle) {
    requireOpen();
    Tensor tensor = new Tensor(handle);
    tensors.add(tensor);
    return tensor;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the scope has ended");
    }
  }

  @Override
  public void close() {
    closed = true;
    tensors.forEach(Tensor::free);
    tensors.clear();
  }
}
