package dev.kedge.models.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * CLIP's tokenizer as data: the id of each token, and the merges from the most to the least
 * preferred.
 */
record BytePairs(Map<String, Integer> ids, List<Merge> merges) {
  static final String START = "<|startoftext|>";
  static final String END = "<|endoftext|>";

  private static final ObjectMapper JSON = new ObjectMapper();

  BytePairs {
    for (String special : List.of(START, END)) {
      if (!ids.containsKey(special)) {
        throw new IllegalArgumentException(
            "the vocabulary is not CLIP's: it has no token " + special);
      }
    }
  }

  /** The content of {@code tokenizer.json}. */
  byte[] definition() {
    ObjectNode root = template();
    ArrayNode added = (ArrayNode) root.get("added_tokens");
    added.add(special(START));
    added.add(special(END));
    ObjectNode around = (ObjectNode) root.get("post_processor");
    around.putArray("sep").add(END).add(ids.get(END));
    around.putArray("cls").add(START).add(ids.get(START));
    ObjectNode model = (ObjectNode) root.get("model");
    model.set("vocab", JSON.valueToTree(ids));
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.addArray().add(merge.left()).add(merge.right()));
    return bytes(root);
  }

  private ObjectNode special(String token) {
    return JSON.createObjectNode()
        .put("id", ids.get(token))
        .put("content", token)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", true);
  }

  private static ObjectNode template() {
    try (InputStream in = BytePairs.class.getResourceAsStream("clip-tokenizer.json")) {
      return (ObjectNode) JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(ObjectNode root) {
    try {
      return JSON.writeValueAsBytes(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
