package dev.kedge.orchestrator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.contract.SearchArtifact;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Search;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the searches behind a study's points tried: {@code search.json} of SOUP and ADAPT. */
record SearchFiles(StageContext context) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each search once, under the first candidate that it was for. */
  List<Search> of(Study study) throws IOException {
    List<Search> searches = new ArrayList<>();
    Set<Input> seen = new HashSet<>();
    for (Study.Point point : study.getPointsList()) {
      if (point.getRecipe().hasFound() && seen.add(point.getRecipe().getFound())) {
        searches.add(search(point.getCandidate(), point.getRecipe().getFound()));
      }
    }
    return searches;
  }

  private Search search(String candidate, Input found) throws IOException {
    JsonNode told = JSON.readTree(context.inputFile(found, SearchArtifact.SEARCH));
    Search.Builder search =
        Search.newBuilder()
            .setCandidate(candidate)
            .setKind(told.path("search").asText())
            .setUnit(told.path("unit").asText())
            .setLowerIsBetter(told.path("lower_is_better").asBoolean());
    for (JsonNode trial : told.path("tried")) {
      search.addTrials(trial.has("members") ? soup(trial) : ratios(trial, told.path("best")));
    }
    return search.build();
  }

  private static Search.Trial soup(JsonNode trial) {
    return Search.Trial.newBuilder()
        .setTried(joined(trial.path("members"), " + "))
        .setScore(trial.path("score").asDouble())
        .setKept(trial.path("kept").asBoolean())
        .build();
  }

  private static Search.Trial ratios(JsonNode trial, JsonNode best) {
    return Search.Trial.newBuilder()
        .setTried(joined(trial.path("ratios"), " · "))
        .setScore(trial.path("loss").asDouble())
        .setKept(trial.path("pass").equals(best))
        .build();
  }

  private static String joined(JsonNode values, String between) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(
            value ->
                value.isNumber()
                    ? String.format(Locale.ROOT, "%.3f", value.asDouble())
                    : value.asText())
        .collect(Collectors.joining(between));
  }
}
