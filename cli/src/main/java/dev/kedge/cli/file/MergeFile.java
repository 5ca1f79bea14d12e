package dev.kedge.cli.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * A merge of local models as it was written.
 *
 * @param recipe how they are combined; its checkpoints and Fisher diagonals are named as written
 * @param paths where every checkpoint and Fisher diagonal lies, by its name
 * @param dtype the type of the result's weights; none for the models' own
 * @param filesFrom the model whose configuration and tokenizer the result gets
 */
public record MergeFile(
    Recipe recipe, Map<String, Path> paths, Optional<DType> dtype, String filesFrom) {
  private static final List<String> TYPES = List.of("F32", "F16", "BF16");

  private static final Map<String, RecipeFields.Field> FIELDS =
      RecipeFields.fields(
          RecipeFields.optional("models", MergeFile::places),
          RecipeFields.needed("recipe", RecipeReader::model),
          RecipeFields.optional("dtype", (reader, node, at) -> reader.word(node, at, TYPES)),
          RecipeFields.optional("files_from", RecipeReader::name));

  public MergeFile {
    paths = Map.copyOf(paths);
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
    if (!findings.problems().isEmpty()) {
      throw new InvalidFileException(InvalidFileException.Kind.MERGE, name, findings.problems());
    }
    Recipe recipe = Recipe.fromJson(fields.get("recipe").toString());
    String filesFrom = text(fields, "files_from").orElseGet(() -> firstModel(recipe));
    return new MergeFile(
        recipe,
        paths(recipe, filesFrom, fields.get("models"), home),
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

  private static Map<String, Path> paths(
      Recipe recipe, String filesFrom, JsonElement models, Path home) {
    Set<String> names = new TreeSet<>(recipe.checkpoints());
    names.addAll(recipe.fishers());
    names.add(filesFrom);
    Map<String, Path> paths = new TreeMap<>();
    for (String name : names) {
      boolean isShort = models.isJsonObject() && models.getAsJsonObject().has(name);
      String path = isShort ? models.getAsJsonObject().get(name).getAsString() : name;
      paths.put(name, home.resolve(path).normalize());
    }
    return paths;
  }

  /** The base, where the recipe has one. */
  public static String firstModel(Recipe recipe) {
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
