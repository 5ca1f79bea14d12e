package dev.kedge.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.kedge.report.Scale;
import dev.kedge.stage.SearchOutput;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a search for a soup tried and found: {@code search.json} and {@code recipe.json}.
 *
 * @param scale what scores are measured in
 * @param candidates what may join, best first
 * @param tried in order, the best candidate alone first
 * @param recipe the soup's
 */
record SoupSearch(Scale scale, List<Alone> candidates, List<Trial> tried, Recipe recipe) {
  /** A candidate by itself. */
  record Alone(String id, double score) {}

  /**
   * A soup that was tried.
   *
   * @param kept whether its last member stayed
   */
  record Trial(List<String> members, double score, boolean kept) {}

  /** The file's form. */
  private record Told(
      String search,
      String unit,
      @JsonProperty("lower_is_better") boolean lowerIsBetter,
      List<Alone> candidates,
      List<Trial> tried) {}

  StageOutput write(Path folder) throws IOException {
    Told told = new Told("greedy_soup", scale.unit(), scale.lowerIsBetter(), candidates, tried);
    return SearchOutput.write(
        folder, recipe, told, Map.of("score", score(), "members", (double) members()));
  }

  private double score() {
    return last().score();
  }

  private int members() {
    return last().members().size();
  }

  /** The soup that was kept. */
  private Trial last() {
    return tried.stream().filter(Trial::kept).reduce((earlier, later) -> later).orElseThrow();
  }
}
