package dev.kedge.models.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a classifier's head means: {@code head.json} beside {@code head.safetensors}. Needs no
 * libtorch.
 *
 * @param form how logits come from features
 * @param classes class names, in the order of the head's rows
 */
public record HeadFile(HeadForm form, List<String> classes) {
  /** The file's name in a checkpoint folder. */
  public static final String NAME = "head.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  public HeadFile {
    classes = List.copyOf(classes);
    if (classes.isEmpty()) {
      throw new IllegalArgumentException("a head needs at least one class");
    }
  }

  /**
   * Reads a checkpoint's head; empty for a plain CLIP.
   *
   * @throws IllegalArgumentException if the file is not what {@link #write} makes
   */
  public static Optional<HeadFile> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode json = OutsideJson.SETTINGS.tree(file);
    List<String> classes = new ArrayList<>();
    json.path("classes").forEach(each -> classes.add(each.asText()));
    String form = json.path("form").asText("");
    try {
      return Optional.of(new HeadFile(HeadForm.valueOf(form.toUpperCase(Locale.ROOT)), classes));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is no head: form '%s', %d classes".formatted(file, form, classes.size()), e);
    }
  }

  /** Writes the file; equal heads give equal bytes. */
  public void write(Path folder) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("form", form.name().toLowerCase(Locale.ROOT)).put("formula", form.formula());
    classes.forEach(json.putArray("classes")::add);
    Files.writeString(
        folder.resolve(NAME),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
