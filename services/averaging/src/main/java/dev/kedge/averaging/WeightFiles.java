package dev.kedge.averaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.tensors.CheckpointLayout;
import dev.kedge.tensors.Materialisation;
import dev.kedge.tensors.Mixture;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<String, Path> saved = new TreeMap<>();
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
  }

  /** Bytes that are still to be written. */
  long missingBytes() {
    return layout.files().keySet().stream()
        .filter(name -> !saved.containsKey(name))
        .mapToLong(this::bytes)
        .sum();
  }

  /** A file of the layout, saved before or made now. */
  Path file(String name) throws IOException {
    Path file = saved.containsKey(name) ? saved.get(name) : make(name);
    done += bytes(name);
    told(done);
    return file;
  }

  private Path make(String name) throws IOException {
    Path file = context.scratch().resolve(name);
    List<TensorSpec> tensors = layout.files().get(name);
    try (SafetensorsWriter writer =
        SafetensorsWriter.create(file, tensors, CheckpointLayout.METADATA)) {
      work.write(tensors, List.of(writer), threads(), (made, total) -> told(done + made));
      writer.finish();
    }
    if (isSaved()) {
      context.savePart(
          key(name), new StageOutput.NewFiles(KIND, new TreeMap<>(Map.of(name, file)), Map.of()));
    }
    return file;
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
    Optional<Path> part = context.part(key(name));
    part.ifPresent(folder -> saved.put(name, folder.resolve(name)));
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
    MessageDigest digest = sha256();
    int version = StageKey.algorithmVersion(StageKind.AVERAGE);
    digest.update("weights %d\n%s\n".formatted(version, mixture.canonical()).getBytes(UTF_8));
    for (TensorSpec spec : layout.files().get(name)) {
      digest.update((spec.name() + "\n").getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
