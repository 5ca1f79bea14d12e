package dev.kedge.store.garbage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a document names: every run of 64 hexadecimal digits in its texts may be the key of a stage,
 * or the digest of an artifact or a blob. Whatever else it is keeps too much, never too little, and
 * documents of versions to come need no reader of their own.
 */
final class Names {
  private static final Pattern DIGEST = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

  /** What a result was made for, which does not keep that. */
  private static final String BACKWARDS = "partOf";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Set<String> found = new TreeSet<>();

  private Names() {}

  /**
   * The names in a JSON document.
   *
   * @param origin where it lies, for the error
   * @throws StoreException.Corrupt if it is no JSON
   */
  static Set<String> in(byte[] json, String origin) {
    Names names = new Names();
    try {
      names.walk(JSON.readTree(json));
    } catch (IOException e) {
      throw new StoreException.Corrupt(
          origin + " is no JSON, so what it names is not known: nothing is removed", e);
    }
    return names.found;
  }

  private void walk(JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getKey().equals(BACKWARDS)) {
        search(field.getKey());
        walk(field.getValue());
      }
    }
    if (node.isArray()) {
      node.forEach(this::walk);
    } else if (node.isTextual()) {
      search(node.textValue());
    }
  }

  private void search(String text) {
    DIGEST.matcher(text).results().map(MatchResult::group).forEach(found::add);
  }
}
