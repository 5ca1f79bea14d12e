package dev.kedge.tensors;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The golden files of merging, made with PyTorch and mergekit. */
final class Golden {
  private Golden() {}

  /** A file of {@code merge/}, by its name without the ending. */
  static Path merge(String name) {
    try {
      return Path.of(Golden.class.getResource("/merge/" + name + ".safetensors").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
