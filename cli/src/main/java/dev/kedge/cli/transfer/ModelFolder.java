package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is uploaded of a Hugging Face folder.
 *
 * @param files every visible file except pickles
 * @param leftOut the pickles, which lie beside the same weights as safetensors
 */
public record ModelFolder(List<Upload> files, List<String> leftOut) {
  private static final Pattern PICKLE = Pattern.compile(".*\\.(bin|pt|pth|ckpt|pkl)");

  /** Looks through a folder; refuses one whose weights are pickles alone. */
  public static ModelFolder of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    List<Upload> files = new ArrayList<>();
    List<String> pickles = new ArrayList<>();
    for (Map.Entry<String, Path> file : VisibleFiles.in(folder).entrySet()) {
      if (PICKLE.matcher(file.getKey()).matches()) {
        pickles.add(file.getKey());
      } else {
        files.add(Upload.of(file.getKey(), file.getValue()));
      }
    }
    if (files.stream().noneMatch(file -> file.path().endsWith(".safetensors"))) {
      throw new UserMistakeException(withoutWeights(folder, pickles));
    }
    return new ModelFolder(List.copyOf(files), List.copyOf(pickles));
  }

  private static String withoutWeights(Path folder, List<String> pickles) {
    return pickles.isEmpty()
        ? "%s has no .safetensors file: name a Hugging Face model's folder".formatted(folder)
        : "%s has its weights as pickles (%s), which can run code when they are read: save them as"
                .formatted(folder, String.join(", ", pickles))
            + " safetensors first, in transformers: model.save_pretrained(DIR)";
  }
}
