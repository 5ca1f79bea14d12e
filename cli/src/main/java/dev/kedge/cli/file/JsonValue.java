package dev.kedge.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.kedge.cli.UserMistakeException;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A value of the command line, written in YAML, in JSON, as the API takes it. */
public final class JsonValue {
  /**
   * A number of JSON. Others, such as {@code 007} and {@code .5}, stay texts as they are written: a
   * number's field reads them all the same, and they may be names.
   */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d{0,29})(\\.\\d{1,30})?([eE][-+]?\\d{1,3})?");

  private JsonValue() {}

  /**
   * Reads a value.
   *
   * @param path where it goes, for the message
   * @throws UserMistakeException if it is not YAML
   */
  public static String ofYaml(String path, String yaml) {
    try {
      Node node = YamlDocument.compose(yaml);
      return node == null ? JsonNull.INSTANCE.toString() : json(node).toString();
    } catch (YAMLException e) {
      throw new UserMistakeException("--set %s: `%s` is not YAML".formatted(path, yaml));
    }
  }

  private static JsonElement json(Node node) {
    if (node instanceof MappingNode mapping) {
      var object = new JsonObject();
      mapping
          .getValue()
          .forEach(entry -> object.add(Mappings.key(entry), json(entry.getValueNode())));
      return object;
    }
    if (node instanceof SequenceNode list) {
      var array = new JsonArray();
      list.getValue().forEach(one -> array.add(json(one)));
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonElement scalar(ScalarNode node) {
    String text = node.getValue();
    boolean isQuoted = node.getScalarStyle() != ScalarStyle.PLAIN;
    if (isQuoted) {
      return new JsonPrimitive(text);
    }
    if (YamlDocument.isNull(node)) {
      return JsonNull.INSTANCE;
    }
    if (text.equals("true") || text.equals("false")) {
      return new JsonPrimitive(Boolean.valueOf(text));
    }
    return NUMBER.matcher(text).matches() ? JsonParser.parseString(text) : new JsonPrimitive(text);
  }
}
