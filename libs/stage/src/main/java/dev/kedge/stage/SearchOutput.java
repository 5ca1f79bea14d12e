package dev.kedge.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kedge.contract.SearchArtifact;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What a search has found, written as an artifact. */
public final class SearchOutput {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SearchOutput() {}

  /**
   * Writes {@code search.json} and {@code recipe.json} into a folder.
   *
   * @param tried everything that was tried, as it is to be told
   */
  public static StageOutput write(
      Path folder, Recipe found, Object tried, Map<String, Double> metrics) throws IOException {
    Path search = folder.resolve(SearchArtifact.SEARCH);
    Files.writeString(search, JSON.writeValueAsString(tried) + "\n");
    Path recipe = RecipeFile.write(folder, found);
    return new StageOutput.NewFiles(
        SearchArtifact.KIND,
        new TreeMap<>(Map.of(SearchArtifact.SEARCH, search, SearchArtifact.RECIPE, recipe)),
        metrics);
  }
}
