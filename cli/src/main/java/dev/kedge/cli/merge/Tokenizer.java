package dev.kedge.cli.merge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What gives words their ids in a model's folder.
 *
 * @param definitions the contents of the files that do, by name; JSON by its meaning, so that
 *     another layout is no difference
 */
record Tokenizer(Map<String, Object> definitions) {
  private static final List<String> FILES =
      List.of("tokenizer.json", "vocab.json", "merges.txt", "vocab.txt", "tokenizer.model");

  /** Settings of the last use, which are kept in the file too. */
  private static final List<String> USE = List.of("padding", "truncation");

  /**
   * Reads the files that there are.
   *
   * @throws java.nio.file.NoSuchFileException if one is a link to nowhere
   */
  static Tokenizer of(Path folder) throws IOException {
    Map<String, Object> definitions = new TreeMap<>();
    for (String name : FILES) {
      Path file = folder.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        definitions.put(name, name.endsWith(".json") ? json(file) : bytes(file));
      }
    }
    return new Tokenizer(definitions);
  }

  /** Whether no file that both have differs. A folder without tokenizer contradicts none. */
  boolean agreesWith(Tokenizer other) {
    return definitions.entrySet().stream()
        .allMatch(
            ours ->
                !other.definitions.containsKey(ours.getKey())
                    || other.definitions.get(ours.getKey()).equals(ours.getValue()));
  }

  private static String bytes(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static JsonElement json(Path file) throws IOException {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      if (json instanceof JsonObject object) {
        USE.forEach(object::remove);
      }
      return json;
    } catch (JsonParseException e) {
      throw new UserMistakeException(file + " is not JSON: fetch the model again");
    }
  }
}
