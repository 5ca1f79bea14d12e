package dev.kedge.averaging;

import dev.kedge.stage.StageContext;
import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Tensors whose reading is the stage's progress, and ends when the stage is to stop. */
final class WatchedTensors implements TensorSource {
  private final TensorSource tensors;
  private final StageContext context;
  private final long total;
  private final AtomicLong done = new AtomicLong();

  WatchedTensors(TensorSource tensors, StageContext context) {
    this.tensors = tensors;
    this.context = context;
    this.total = tensors.specs().values().stream().mapToLong(TensorSpec::bytes).sum();
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return tensors.specs();
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    context.checkStopping();
    int length = into.remaining();
    tensors.read(name, from, into);
    context.progress(done.addAndGet(length), total, "bytes", Map.of());
  }
}
