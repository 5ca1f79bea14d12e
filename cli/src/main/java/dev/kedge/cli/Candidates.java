package dev.kedge.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kedge.cli.view.StructTree;
import dev.kedge.tensors.Recipe;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.Report;
import dev.kedge.v1.Stage;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an experiment has compared.
 *
 * @param experiment its full name
 */
record Candidates(Gateway gateway, String experiment) {
  private static final String EVALUATE = "EVALUATE";
  private static final String FOUND = "found";

  /**
   * What a candidate is made of, every checkpoint by its digest.
   *
   * @param name its id, or the label of a point of the report that is one candidate alone
   * @throws UserMistakeException naming those that there are, if that one is not among them
   */
  Recipe recipe(String name) {
    Map<String, JsonElement> recipes = new LinkedHashMap<>();
    List<Stage> stages = stages();
    for (Stage stage : stages) {
      if (stage.getKind().equals(EVALUATE) && stage.getState() == Stage.State.SUCCEEDED) {
        addRecipes(stage, recipes);
      }
    }
    String candidate = recipes.containsKey(name) ? name : ofPoint(name);
    if (!recipes.containsKey(candidate)) {
      throw new UserMistakeException(
          "%s has evaluated no candidate `%s`: there are %s"
              .formatted(id(), name, String.join(", ", recipes.keySet())));
    }
    return Recipe.fromJson(written(recipes.get(candidate).getAsJsonObject(), stages).toString());
  }

  /** The candidate behind a point of the report; the label itself where there is none. */
  private String ofPoint(String label) {
    List<String> candidates =
        report().getPointsList().stream()
            .filter(point -> point.getLabel().equals(label))
            .flatMap(point -> point.getCandidatesList().stream())
            .toList();
    if (candidates.size() > 1) {
      throw new UserMistakeException(
          "`%s` is a mean over %d seeds: choose one of %s"
              .formatted(label, candidates.size(), String.join(", ", candidates)));
    }
    return candidates.isEmpty() ? label : candidates.get(0);
  }

  /** The report; an empty one as long as there is none. */
  private Report report() {
    try {
      GetReportRequest request = GetReportRequest.newBuilder().setName(experiment).build();
      return gateway.experiments().getReport(request).getReport();
    } catch (StatusRuntimeException none) {
      return Report.getDefaultInstance();
    }
  }

  /** A recipe that a search found, as the search wrote it; any other as it is. */
  private JsonObject written(JsonObject recipe, List<Stage> stages) {
    if (!recipe.has(FOUND)) {
      return recipe;
    }
    String artifact = recipe.getAsJsonObject(FOUND).get("artifact").getAsString();
    for (Stage stage : stages) {
      if (stage.getArtifact().equals(artifact)) {
        return StructTree.of(known(stage).getFound()).getAsJsonObject("recipe");
      }
    }
    throw new UserMistakeException(
        "the search that found %s is not among the stages of %s".formatted(artifact, id()));
  }

  private List<Stage> stages() {
    return gateway
        .experiments()
        .getExperiment(GetExperimentRequest.newBuilder().setName(experiment).build())
        .getStagesList();
  }

  private void addRecipes(Stage evaluation, Map<String, JsonElement> recipes) {
    JsonObject spec = StructTree.of(known(evaluation).getSpec());
    for (JsonElement each : spec.getAsJsonArray("candidates")) {
      JsonObject candidate = each.getAsJsonObject();
      recipes.put(candidate.get("id").getAsString(), candidate.get("recipe"));
    }
  }

  private Stage known(Stage stage) {
    String name = gateway.stage(experiment, stage.getId());
    return gateway.experiments().getStage(GetStageRequest.newBuilder().setName(name).build());
  }

  private String id() {
    return experiment.substring(experiment.lastIndexOf('/') + 1);
  }
}
