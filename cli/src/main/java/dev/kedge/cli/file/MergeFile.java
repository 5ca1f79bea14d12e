package dev.kedge.cli.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Merges of local models as they were written.
 *
 * @param recipes how they are combined, by the name of each result's folder in the new one, {@value
 *     #WHOLE} for that itself; checkpoints and Fisher diagonals are named as written
 * @param paths where every checkpoint and Fisher diagonal lies, by its name
 * @param dtype the type of the result's weights; none for the models' own
 * @param filesFrom the model whose configuration and tokenizer the results get
 */
public record MergeFile(
    SortedMap<String, Recipe> recipes,
    Map<String, Path> paths,
    Optional<DType> dtype,
    String filesFrom) {
  /** The result that is all of the new folder. */
  public static final String WHOLE = ".";

  private static final List<String> TYPES = List.of("F32", "F16", "BF16");

  private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String FOLDER_RULE =
      "write letters, digits, dots, hyphens and underscores, a letter or digit first";

  private static final Map<String, RecipeFields.Field> FIELDS =
      RecipeFields.fields(
          RecipeFields.optional("models", MergeFile::places),
          RecipeFields.optional("recipe", RecipeReader::model),
          RecipeFields.optional("recipes", MergeFile::recipes),
          RecipeFields.optional("dtype", (reader, node, at) -> reader.word(node, at, TYPES)),
          RecipeFields.optional("files_from", RecipeReader::name));

  public MergeFile {
    recipes = Collections.unmodifiableSortedMap(new TreeMap<>(recipes));
    paths = Map.copyOf(paths);
  }

  /** One merge, whose result is all of the new folder and has the files of its first model. */
  public static MergeFile of(Recipe recipe, Map<String, Path> paths) {
    return new MergeFile(
        new TreeMap<>(Map.of(WHOLE, recipe)), paths, Optional.empty(), firstModel(recipe));
  }

  /**
   * Reads a file. Paths in it are relative to its own folder.
   *
   * @throws InvalidFileException with all problems, where there are any
   * @throws IOException where the file cannot be read
   */
  public static MergeFile read(Path file) throws IOException {
    String name = file.getFileName().toString();
    Path home = file.toAbsolutePath().getParent();
    return parse(name, TextFile.read(file, "a merge file"), home);
  }

  static MergeFile parse(String name, String text, Path home) {
    var findings = new Findings();
    MappingNode root = YamlDocument.parse(text, findings, "`recipe:`");
    JsonObject fields = new RecipeReader(findings).fields(root, Place.FILE, FIELDS);
    if (fields.get("recipe").isJsonNull() == fields.get("recipes").isJsonNull()) {
      findings.problem(Place.FILE.field("recipe"), root, "give either recipe or recipes");
    }
    if (!findings.problems().isEmpty()) {
      throw new InvalidFileException(InvalidFileException.Kind.MERGE, name, findings.problems());
    }
    SortedMap<String, Recipe> recipes = recipes(fields);
    String filesFrom =
        text(fields, "files_from").orElseGet(() -> firstModel(recipes.get(recipes.firstKey())));
    return new MergeFile(
        recipes,
        paths(recipes.values(), filesFrom, fields.get("models"), home),
        text(fields, "dtype").map(DType::valueOf),
        filesFrom);
  }

  /** Short names of folders. */
  private static JsonElement places(RecipeReader reader, Node node, Place place) {
    JsonObject places = new JsonObject();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        String name = RecipeReader.key(entry);
        places.add(name, reader.name(entry.getValueNode(), place.field(name)));
      }
      return places;
    }
    return reader.problem(place, node, "expected entries `name: folder`");
  }

  /** Several recipes under the names of their folders. */
  private static JsonElement recipes(RecipeReader reader, Node node, Place place) {
    if (!(node instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      return reader.problem(place, node, "expected entries `name: recipe`");
    }
    JsonObject recipes = new JsonObject();
    for (NodeTuple entry : mapping.getValue()) {
      String name = RecipeReader.key(entry);
      Place here = place.field(name);
      if (!FOLDER.matcher(name).matches()) {
        reader.problem(here, entry.getKeyNode(), "names a folder: " + FOLDER_RULE);
      } else if (recipes.has(name)) {
        reader.problem(here, entry.getKeyNode(), "given twice; keep one");
      }
      recipes.add(name, reader.model(entry.getValueNode(), here));
    }
    return recipes;
  }

  private static SortedMap<String, Recipe> recipes(JsonObject fields) {
    JsonObject several =
        fields.get("recipes").isJsonNull()
            ? RecipeReader.single(WHOLE, fields.get("recipe"))
            : fields.getAsJsonObject("recipes");
    SortedMap<String, Recipe> recipes = new TreeMap<>();
    several.asMap().forEach((name, json) -> recipes.put(name, Recipe.fromJson(json.toString())));
    return recipes;
  }

  private static Map<String, Path> paths(
      Collection<Recipe> recipes, String filesFrom, JsonElement models, Path home) {
    Set<String> names = new TreeSet<>(Set.of(filesFrom));
    for (Recipe recipe : recipes) {
      names.addAll(recipe.parents());
    }
    Map<String, Path> paths = new TreeMap<>();
    for (String name : names) {
      boolean isShort = models.isJsonObject() && models.getAsJsonObject().has(name);
      String path = isShort ? models.getAsJsonObject().get(name).getAsString() : name;
      paths.put(name, home.resolve(path).normalize());
    }
    return paths;
  }

  /** The base, where the recipe has one. */
  private static String firstModel(Recipe recipe) {
    Recipe first = recipe;
    while (!first.parts().isEmpty()) {
      first = first.parts().get(0);
    }
    return first.checkpoints().first();
  }

  private static Optional<String> text(JsonObject fields, String name) {
    JsonElement value = fields.get(name);
    return value.isJsonNull() ? Optional.empty() : Optional.of(value.getAsString());
  }
}
