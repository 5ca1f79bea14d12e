package dev.kedge.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.kedge.cli.view.StructTree;
import dev.kedge.tensors.Recipe;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an experiment has compared.
 *
 * @param experiment its title or id
 */
record Candidates(Gateway gateway, String experiment) {
  private static final String EVALUATE = "EVALUATE";

  /**
   * What a candidate is made of, every checkpoint by its digest.
   *
   * @throws UserMistakeException naming those that there are, if that one is not among them
   */
  Recipe recipe(String candidate) {
    Map<String, JsonElement> recipes = new LinkedHashMap<>();
    for (Stage stage : stages()) {
      if (stage.getKind().equals(EVALUATE) && stage.getState() == Stage.State.SUCCEEDED) {
        addRecipes(stage, recipes);
      }
    }
    if (!recipes.containsKey(candidate)) {
      throw new UserMistakeException(
          "%s has evaluated no candidate `%s`: there are %s"
              .formatted(experiment, candidate, String.join(", ", recipes.keySet())));
    }
    return Recipe.fromJson(recipes.get(candidate).toString());
  }

  private Iterable<Stage> stages() {
    return gateway
        .experiments()
        .getExperiment(
            GetExperimentRequest.newBuilder().setName(gateway.experiment(experiment)).build())
        .getStagesList();
  }

  private void addRecipes(Stage evaluation, Map<String, JsonElement> recipes) {
    String name = gateway.stage(experiment, evaluation.getId());
    Stage known =
        gateway.experiments().getStage(GetStageRequest.newBuilder().setName(name).build());
    JsonObject spec = StructTree.of(known.getSpec());
    for (JsonElement each : spec.getAsJsonArray("candidates")) {
      JsonObject candidate = each.getAsJsonObject();
      recipes.put(candidate.get("id").getAsString(), candidate.get("recipe"));
    }
  }
}
