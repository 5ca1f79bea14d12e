package dev.kedge.averaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobWriter;
import dev.kedge.store.Digest;
import dev.kedge.tensors.CheckpointLayout;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Mixture;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weight files of an average, made one after the other. Of several, each is saved once it is
 * complete, so that an average that was interrupted goes on with the first file that is missing.
 */
final class WeightFiles {
  private static final String KIND = "weights";

  private final Mixture mixture;
  private final Materialisation work;
  private final CheckpointLayout layout;
  private final StageContext context;
  private final Map<String, Blob> saved = new TreeMap<>();
  private long done;

  /**
   * Finds what was saved before.
   *
   * @param mixture what the weights are, by which they are known again
   */
  WeightFiles(
      Mixture mixture, Materialisation work, CheckpointLayout layout, StageContext context) {
    this.mixture = mixture;
    this.work = work;
    this.layout = layout;
    this.context = context;
    if (isSaved()) {
      layout.files().keySet().forEach(this::find);
    }
    if (!saved.isEmpty()) {
      context.info(
          "goes on: %d of %d weight files were saved before"
              .formatted(saved.size(), layout.files().size()));
    }
  }

  /** A file of the layout, saved before or made now. */
  Blob file(String name) throws IOException {
    Blob file = saved.containsKey(name) ? saved.get(name) : make(name);
    done += bytes(name);
    told(done);
    return file;
  }

  private Blob make(String name) throws IOException {
    List<TensorSpec> tensors = layout.files().get(name);
    long size = SafetensorsWriter.size(tensors, CheckpointLayout.METADATA);
    Blob file = sent(size, out -> write(tensors, out));
    if (isSaved()) {
      context.savePart(
          key(name), new StageOutput.Stored(KIND, new TreeMap<>(Map.of(name, file)), Map.of()));
    }
    return file;
  }

  private Blob sent(long size, BlobWriter writer) throws IOException {
    try {
      return context.stored().write(size, writer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(List<TensorSpec> tensors, OutputStream out) throws IOException {
    try (SafetensorsWriter writer =
        new SafetensorsWriter(Channels.newChannel(out), tensors, CheckpointLayout.METADATA)) {
      work.write(tensors, List.of(writer), threads(), (made, total) -> told(done + made));
      writer.finish();
    }
  }

  private void told(long bytes) {
    context.checkStopping();
    context.progress(bytes, total(), "bytes", Map.of());
  }

  /** The bytes do not depend on it, hence it is in no key. */
  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private boolean isSaved() {
    return layout.isSharded();
  }

  private void find(String name) {
    context.stored().part(key(name)).ifPresent(part -> saved.put(name, part.get(name)));
  }

  private long total() {
    return layout.files().keySet().stream().mapToLong(this::bytes).sum();
  }

  private long bytes(String name) {
    return bytes(layout.files().get(name));
  }

  private static long bytes(Collection<TensorSpec> tensors) {
    return tensors.stream().mapToLong(TensorSpec::bytes).sum();
  }

  /** Over all that determines the file: its weights, and which tensors it holds. */
  private String key(String name) {
    MessageDigest digest = Digest.algorithm();
    int version = StageKey.algorithmVersion(StageKind.AVERAGE);
    digest.update("weights %d\n%s\n".formatted(version, mixture.canonical()).getBytes(UTF_8));
    for (TensorSpec spec : layout.files().get(name)) {
      digest.update((spec.name() + "\n").getBytes(UTF_8));
    }
    return Digest.finish(digest).hex();
  }
}
