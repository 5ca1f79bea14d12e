package dev.kedge.gateway.registry;

import dev.kedge.gateway.Refusal;
import dev.kedge.v1.File;
import java.util.List;
import java.util.regex.Pattern;

/** Files that can run code when they are read. They are never read, hence never kept. */
final class Pickles {
  private static final Pattern PICKLE = Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl|pickle)");

  private Pickles() {}

  static void refuse(List<File> files) {
    List<String> pickles =
        files.stream().map(File::getPath).filter(PICKLE.asMatchPredicate()).toList();
    if (!pickles.isEmpty()) {
      throw Refusal.invalid(
          "PICKLE_REFUSED",
          "files",
          "pickles can run code: leave %s out and save the weights as safetensors"
              .formatted(pickles));
    }
  }
}
