package dev.kedge.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kedge.tensors.Recipe;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a recipe from a tree of nodes into the JSON form of {@link Recipe}: a model's name stands
 * for a checkpoint, fields with a usual value may be left out, and one value stands for a list of
 * one. What a recipe itself refuses is noted at its place.
 */
final class RecipeReader {
  private final Findings findings;

  RecipeReader(Findings findings) {
    this.findings = findings;
  }

  /** A model's name, or a recipe under its kind. */
  JsonElement model(Node node, Place place) {
    if (node instanceof ScalarNode scalar && !YamlDocument.isNull(node)) {
      return single("checkpoint", single("artifact", new JsonPrimitive(scalar.getValue())));
    }
    if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
      NodeTuple entry = mapping.getValue().get(0);
      String kind = key(entry);
      if (RecipeFields.KINDS.containsKey(kind)) {
        return recipe(kind, entry.getValueNode(), place.field(kind));
      }
      return problem(place.field(kind), entry.getKeyNode(), unknown(kind, RecipeFields.KINDS));
    }
    return problem(
        place,
        node,
        "expected a model's name, or one recipe of "
            + String.join(", ", RecipeFields.KINDS.keySet()));
  }

  private JsonElement recipe(String kind, Node node, Place place) {
    int before = findings.problems().size();
    JsonObject recipe = single(kind, fields(node, place, RecipeFields.KINDS.get(kind)));
    if (findings.problems().size() == before) {
      check(recipe, node, place);
    }
    return recipe;
  }

  private void check(JsonObject recipe, Node node, Place place) {
    try {
      Recipe.fromJson(recipe.toString());
    } catch (IllegalArgumentException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      findings.problem(place, node, cause.getMessage());
    }
  }

  /** The fields of a mapping, those left out with their usual values. */
  JsonObject fields(Node node, Place place, Map<String, RecipeFields.Field> known) {
    JsonObject object = new JsonObject();
    if (!(node instanceof MappingNode mapping)) {
      problem(place, node, "expected fields (%s)".formatted(String.join(", ", known.keySet())));
      return object;
    }
    Set<String> given = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = key(entry);
      Place here = place.field(key);
      if (!known.containsKey(key)) {
        problem(here, entry.getKeyNode(), unknown(key, known));
      } else if (!given.add(key)) {
        problem(here, entry.getKeyNode(), "given twice; keep one");
      } else {
        object.add(key, known.get(key).shape().read(this, entry.getValueNode(), here));
      }
    }
    known.forEach((name, field) -> complete(object, given, name, field, node, place));
    return object;
  }

  private void complete(
      JsonObject object,
      Set<String> given,
      String name,
      RecipeFields.Field field,
      Node node,
      Place place) {
    if (given.contains(name)) {
      return;
    }
    if (field.usual() == null) {
      problem(place.field(name), node, "missing");
    } else {
      object.add(name, field.usual());
    }
  }

  /** A list; one value stands for a list of one. */
  JsonElement list(Node node, Place place, RecipeFields.Shape element) {
    JsonArray array = new JsonArray();
    if (!(node instanceof SequenceNode list)) {
      array.add(element.read(this, node, place));
      return array;
    }
    List<Node> nodes = list.getValue();
    for (int i = 0; i < nodes.size(); i++) {
      array.add(element.read(this, nodes.get(i), place.element(i)));
    }
    return array;
  }

  JsonElement number(Node node, Place place) {
    try {
      return new JsonPrimitive(new BigDecimal(text(node)));
    } catch (NumberFormatException e) {
      return problem(place, node, "expected a number, found `%s`".formatted(text(node)));
    }
  }

  JsonElement whole(Node node, Place place) {
    try {
      return new JsonPrimitive(Integer.parseInt(text(node)));
    } catch (NumberFormatException e) {
      return problem(place, node, "expected a whole number, found `%s`".formatted(text(node)));
    }
  }

  JsonElement truth(Node node, Place place) {
    String text = text(node);
    if (!text.equals("true") && !text.equals("false")) {
      return problem(place, node, "expected true or false, found `%s`".formatted(text));
    }
    return new JsonPrimitive(text.equals("true"));
  }

  JsonElement word(Node node, Place place, List<String> words) {
    String text = text(node);
    if (!words.contains(text)) {
      return problem(place, node, "expected one of %s, found `%s`".formatted(words, text));
    }
    return new JsonPrimitive(text);
  }

  JsonElement name(Node node, Place place) {
    String text = text(node);
    return text.isEmpty() ? problem(place, node, "expected a text") : new JsonPrimitive(text);
  }

  static JsonObject single(String name, JsonElement value) {
    JsonObject object = new JsonObject();
    object.add(name, value);
    return object;
  }

  JsonElement problem(Place place, Node node, String message) {
    findings.problem(place, node, message);
    return new JsonObject();
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  private static String unknown(String key, Map<String, ?> known) {
    return NearestName.of(key, known.keySet())
        .map(name -> "unknown; did you mean %s?".formatted(name))
        .orElse("unknown; known here: " + String.join(", ", known.keySet()));
  }
}
