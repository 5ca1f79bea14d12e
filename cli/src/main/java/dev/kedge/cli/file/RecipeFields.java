package dev.kedge.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** The fields of every kind of recipe, as a merge file has them. */
final class RecipeFields {
  private static final Shape MODEL = RecipeReader::model;
  private static final Shape MODELS = (reader, node, place) -> reader.list(node, place, MODEL);
  private static final Shape NUMBER = RecipeReader::number;
  private static final Shape NUMBERS = (reader, node, place) -> reader.list(node, place, NUMBER);
  private static final Shape TRUTH = RecipeReader::truth;
  private static final Shape NAMES =
      (reader, node, place) -> reader.list(node, place, RecipeReader::name);
  private static final Shape FISHER =
      (reader, node, place) -> RecipeReader.single("artifact", reader.name(node, place));

  private static final Map<String, Field> TERM =
      fields(needed("recipe", MODEL), usual("weight", NUMBER, 1));
  private static final Map<String, Field> SPARSE_TERM =
      fields(needed("recipe", MODEL), usual("weight", NUMBER, 1), usual("density", NUMBER, 1));
  private static final Map<String, Field> INFORMED =
      fields(needed("recipe", MODEL), needed("fisher", FISHER), usual("weight", NUMBER, 1));
  private static final Map<String, Field> RULE =
      fields(
          needed("include", NAMES),
          new Field("exclude", NAMES, new JsonArray()),
          needed("recipe", MODEL));

  /** The fields of each kind. */
  static final Map<String, Map<String, Field>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(
        "wise_ft", fields(needed("base", MODEL), needed("tuned", MODEL), needed("alpha", NUMBER)));
    KINDS.put("linear", fields(needed("terms", terms(TERM)), usual("normalise", true)));
    KINDS.put("ema", fields(needed("snapshots", MODELS), needed("decay", NUMBER)));
    KINDS.put(
        "blockwise",
        fields(
            needed("base", MODEL),
            needed("tuned", MODEL),
            needed("ratios", NUMBERS),
            needed("embeddings", NUMBER),
            needed("norm", NUMBER),
            needed("head", NUMBER),
            usual("ratio_of", "TUNED", "BASE")));
    KINDS.put(
        "lines",
        fields(
            needed("base", MODEL),
            needed("tuned", MODEL),
            needed("first", NUMBER),
            needed("last", NUMBER)));
    KINDS.put("by_name", fields(needed("rules", list(RULE)), needed("otherwise", MODEL)));
    KINDS.put("slerp", fields(needed("a", MODEL), needed("b", MODEL), needed("t", NUMBER)));
    KINDS.put(
        "task_arithmetic",
        fields(
            needed("base", MODEL),
            needed("terms", terms(TERM)),
            usual("normalise", false),
            usual("lambda", NUMBER, 1)));
    KINDS.put(
        "ties",
        fields(
            needed("base", MODEL),
            needed("terms", terms(SPARSE_TERM)),
            usual("trim", "PER_TENSOR", "GLOBAL"),
            usual("normalise", true),
            usual("lambda", NUMBER, 1)));
    KINDS.put(
        "dare",
        fields(
            needed("base", MODEL),
            needed("terms", terms(SPARSE_TERM)),
            new Field("seed", RecipeReader::whole, new JsonPrimitive(0)),
            usual("rescale", "DENSITY", "L1_NORM", "NONE"),
            usual("elect", false),
            usual("normalise", false),
            usual("lambda", NUMBER, 1)));
    KINDS.put(
        "fisher",
        fields(
            needed("terms", list(INFORMED)),
            usual("floor", NUMBER, 1e-6),
            usual("normalise", "NONE", "MEAN_ONE")));
    KINDS.put("model_stock", fields(needed("base", MODEL), needed("models", MODELS)));
  }

  private RecipeFields() {}

  /** How a value is written. */
  interface Shape {
    JsonElement read(RecipeReader reader, Node node, Place place);
  }

  /**
   * A field.
   *
   * @param usual its value where it is left out; null where it must be given
   */
  record Field(String name, Shape shape, JsonElement usual) {}

  static Map<String, Field> fields(Field... fields) {
    Map<String, Field> byName = new LinkedHashMap<>();
    for (Field field : fields) {
      byName.put(field.name, field);
    }
    return byName;
  }

  /** A field that must be given. */
  static Field needed(String name, Shape shape) {
    return new Field(name, shape, null);
  }

  /** A field that is null where it is left out. */
  static Field optional(String name, Shape shape) {
    return new Field(name, shape, JsonNull.INSTANCE);
  }

  private static Field usual(String name, Shape shape, Number value) {
    return new Field(name, shape, new JsonPrimitive(value));
  }

  private static Field usual(String name, boolean value) {
    return new Field(name, TRUTH, new JsonPrimitive(value));
  }

  /** One of some words, the first where it is left out. */
  private static Field usual(String name, String... words) {
    List<String> all = List.of(words);
    return new Field(
        name, (reader, node, place) -> reader.word(node, place, all), new JsonPrimitive(words[0]));
  }

  private static Shape list(Map<String, Field> element) {
    return (reader, node, place) ->
        reader.list(node, place, (inner, part, at) -> inner.fields(part, at, element));
  }

  /** Terms, of which one that is a model's name alone has the usual numbers. */
  private static Shape terms(Map<String, Field> term) {
    return (reader, node, place) ->
        reader.list(node, place, (inner, part, at) -> term(inner, part, at, term));
  }

  private static JsonElement term(
      RecipeReader reader, Node node, Place place, Map<String, Field> term) {
    if (node instanceof MappingNode) {
      return reader.fields(node, place, term);
    }
    JsonObject alone = RecipeReader.single("recipe", reader.model(node, place));
    term.forEach((name, field) -> alone.asMap().putIfAbsent(name, field.usual()));
    return alone;
  }
}
