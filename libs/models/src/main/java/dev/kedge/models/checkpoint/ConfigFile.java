package dev.kedge.models.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The file of a Hugging Face folder that states the architecture. */
public final class ConfigFile {
  /** Its name. */
  public static final String NAME = "config.json";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ConfigFile() {}

  /**
   * Reads a folder's file.
   *
   * @param parse makes the configuration; its complaints are given on with the file's name
   * @throws IllegalArgumentException if there is no such file, or it is not what is needed
   */
  public static <T> T read(Path folder, Function<JsonNode, T> parse) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "not a Hugging Face folder: " + folder + " has no " + NAME);
    }
    try {
      return parse.apply(OutsideJson.SETTINGS.tree(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a folder's file. */
  public static void write(Path folder, JsonNode config) throws IOException {
    Files.writeString(folder.resolve(NAME), JSON.writeValueAsString(config) + "\n");
  }
}
