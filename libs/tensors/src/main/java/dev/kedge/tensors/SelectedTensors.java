package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Some of another source's tensors. */
final class SelectedTensors implements TensorSource {
  private final TensorSource all;
  private final Map<String, TensorSpec> specs;

  SelectedTensors(TensorSource all, Predicate<String> wanted) {
    this.all = all;
    Map<String, TensorSpec> selected = new TreeMap<>(all.specs());
    selected.keySet().removeIf(wanted.negate());
    this.specs = Collections.unmodifiableMap(selected);
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return specs;
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    all.read(spec(name).name(), from, into);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return all.bytes(spec(name).name());
  }
}
