package dev.kedge.models.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code tokenizer.json} says: the file itself, or, in the folders of the hub's first OPT and
 * GPT-2 models, the same made of {@code vocab.json} and {@code merges.txt}.
 *
 * @param folder the model's
 * @param specials its {@code tokenizer_config.json}
 */
record TokenizerDefinition(Path folder, JsonNode specials) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The definition's bytes.
   *
   * @throws IllegalArgumentException if the folder has neither form
   */
  byte[] bytes() throws IOException {
    Path ready = folder.resolve(LanguageTokenizer.DEFINITION);
    if (Files.isRegularFile(ready)) {
      OutsideJson.VOCABULARY.requireSize(ready);
      return Files.readAllBytes(ready);
    }
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    if (!Files.isRegularFile(vocabulary) || !Files.isRegularFile(merges)) {
      throw new IllegalArgumentException(
          "%s has no tokenizer: it needs %s, or vocab.json and merges.txt"
              .formatted(folder, LanguageTokenizer.DEFINITION));
    }
    JsonNode ids = OutsideJson.VOCABULARY.tree(vocabulary);
    OutsideJson.VOCABULARY.requireSize(merges);
    List<List<String>> pairs =
        Files.readAllLines(merges, UTF_8).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#version"))
            .map(line -> List.of(line.split(" ", -1)))
            .toList();
    ObjectNode root = byteLevel(ids, pairs);
    addSpecials(root, ids);
    return JSON.writeValueAsBytes(root);
  }

  /** A byte-level tokenizer without special tokens. */
  static ObjectNode byteLevel(JsonNode ids, List<List<String>> merges) throws IOException {
    ObjectNode root;
    try (InputStream in = TokenizerDefinition.class.getResourceAsStream("tokenizer.json")) {
      root = (ObjectNode) JSON.readTree(in);
    }
    ObjectNode model = (ObjectNode) root.get("model");
    model.set("vocab", ids);
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> merge.forEach(pairs.addArray()::add));
    return root;
  }

  private void addSpecials(ObjectNode root, JsonNode ids) {
    Set<String> words = new TreeSet<>();
    for (String role : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
      String word = word(specials, role);
      if (word != null && ids.has(word)) {
        words.add(word);
      }
    }
    words.forEach(word -> addSpecial(root, word, ids.get(word).asInt()));
    String begin = word(specials, "bos_token");
    if (specials.path("add_bos_token").asBoolean(false) && ids.has(begin)) {
      putBefore(root, begin, ids.get(begin).asInt());
    }
  }

  /** A special token's word, which is written as such or in an object; null if there is none. */
  static String word(JsonNode specials, String role) {
    JsonNode named = specials.path(role);
    return named.path("content").asText(named.textValue());
  }

  /** Makes a token one that no text is cut into by accident. */
  static void addSpecial(ObjectNode root, String word, int id) {
    ObjectNode added = ((ArrayNode) root.get("added_tokens")).addObject();
    added.put("id", id).put("content", word).put("single_word", false).put("lstrip", false);
    added.put("rstrip", false).put("normalized", false).put("special", true);
  }

  /** Puts a special token before each text. */
  static void putBefore(ObjectNode root, String word, int id) {
    ObjectNode around = (ObjectNode) root.get("post_processor");
    for (String form : List.of("single", "pair")) {
      ArrayNode pieces = (ArrayNode) around.get(form);
      ObjectNode special = pieces.insertObject(0).putObject("SpecialToken");
      special.put("id", word).put("type_id", 0);
    }
    ObjectNode special = ((ObjectNode) around.get("special_tokens")).putObject(word);
    special.put("id", word).putArray("ids").add(id);
    special.putArray("tokens").add(word);
  }
}
