package dev.kedge.evaluation;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageException;
import dev.kedge.tensors.Mixture;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models of a round, all of which see the same pixels. */
final class Models implements AutoCloseable {
  private final Map<Mixture, Model> models = new LinkedHashMap<>();
  private ClipPreprocessing preprocessing;

  private Models() {}

  /** Opens the models of some cells. */
  static Models open(List<Cell> cells, StageContext context) throws IOException {
    Models models = new Models();
    try {
      for (Cell cell : cells) {
        models.add(cell, context);
      }
      return models;
    } catch (IOException | RuntimeException e) {
      models.close();
      throw e;
    }
  }

  private void add(Cell cell, StageContext context) throws IOException {
    if (!models.containsKey(cell.weights())) {
      Model model = open(cell, context);
      models.put(cell.weights(), model);
      see(cell, model.meaning().preprocessing());
    }
  }

  private static Model open(Cell cell, StageContext context) throws IOException {
    try {
      return Model.open(cell.weights(), context);
    } catch (IllegalArgumentException e) {
      throw StageException.user(
          "UNUSABLE_CHECKPOINT",
          "candidate '%s': %s".formatted(cell.candidate(), e.getMessage()),
          e);
    }
  }

  private void see(Cell cell, ClipPreprocessing its) {
    if (preprocessing != null && !preprocessing.equals(its)) {
      throw EvaluationRules.refusal(
          ("candidate '%s' preprocesses pictures as %s, the ones before it as %s;"
                  + " evaluate them in stages of their own")
              .formatted(cell.candidate(), its, preprocessing));
    }
    preprocessing = its;
  }

  Model get(Mixture weights) {
    return models.get(weights);
  }

  ClipPreprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public void close() throws IOException {
    for (Model model : models.values()) {
      model.close();
    }
  }
}
