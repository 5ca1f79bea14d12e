package dev.kedge.stage;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.contract.SearchArtifact;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recipe as JSON: what is applied, and what lies in artifacts as {@code recipe.json}. */
public final class RecipeFile {
  /** The file's name. */
  public static final String NAME = SearchArtifact.RECIPE;

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();

  private RecipeFile() {}

  /** Every field under its own name, as the recipes of {@code libs/tensors} are read. */
  public static String json(Recipe recipe) {
    try {
      return PRINTER.print(recipe);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a recipe: " + e.getMessage(), e);
    }
  }

  /** Writes the file into a folder. */
  public static Path write(Path folder, Recipe recipe) throws IOException {
    return Files.writeString(folder.resolve(NAME), json(recipe) + "\n");
  }

  /**
   * Reads the file of a folder.
   *
   * @throws IllegalArgumentException if there is none, or it is no recipe
   */
  public static Recipe read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("it has no " + NAME);
    }
    Recipe.Builder recipe = Recipe.newBuilder();
    try {
      JsonFormat.parser().merge(Files.readString(file), recipe);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("its %s: %s".formatted(NAME, e.getMessage()), e);
    }
    return recipe.build();
  }
}
