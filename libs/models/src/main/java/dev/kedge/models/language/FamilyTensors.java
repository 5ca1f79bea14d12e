package dev.kedge.models.language;

import dev.kedge.tensors.TensorSource;
import dev.kedge.tensors.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model's tensors under the names that transformers writes today, whatever wrote the file: the
 * hub's first GPT-2 and OPT files leave out the start of the names, and many hold constants or a
 * second copy of a tied head.
 */
final class FamilyTensors implements TensorSource {
  private final TensorSource stored;
  private final Map<String, String> storedNames = new TreeMap<>();
  private final Map<String, TensorSpec> specs = new TreeMap<>();

  FamilyTensors(LanguageConfig config, TensorSource stored) {
    this.stored = stored;
    TensorNames names = config.family().names();
    String begin = beginning(names, stored);
    for (TensorSpec spec : stored.specs().values()) {
      boolean secondHead = config.decoder().tied() && spec.name().equals(TensorNames.HEAD);
      if (!secondHead && !isConstant(spec.name())) {
        String name = full(names, begin, spec.name());
        storedNames.put(name, spec.name());
        specs.put(name, new TensorSpec(name, spec.dtype(), spec.shape()));
      }
    }
  }

  /** What stands before the token table's name in the file. */
  private static String beginning(TensorNames names, TensorSource stored) {
    return stored.specs().keySet().stream()
        .filter(name -> name.endsWith(names.tokens()))
        .map(name -> name.substring(0, name.length() - names.tokens().length()))
        .filter(names.stem()::endsWith)
        .findFirst()
        .orElse(names.stem());
  }

  private static String full(TensorNames names, String begin, String name) {
    if (begin.equals(names.stem()) || name.equals(TensorNames.HEAD) || !name.startsWith(begin)) {
      return name;
    }
    return names.stem() + name.substring(begin.length());
  }

  /** Masks and frequencies that old files store beside the weights. */
  private static boolean isConstant(String name) {
    return name.endsWith(".attn.bias")
        || name.endsWith(".attn.masked_bias")
        || name.endsWith(".rotary_emb.inv_freq");
  }

  @Override
  public Map<String, TensorSpec> specs() {
    return Collections.unmodifiableMap(specs);
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    stored.read(storedNames.get(spec(name).name()), from, into);
  }

  @Override
  public ByteBuffer bytes(String name) throws IOException {
    return stored.bytes(storedNames.get(spec(name).name()));
  }
}
