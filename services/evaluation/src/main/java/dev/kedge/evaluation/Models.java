package dev.kedge.evaluation;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.tensors.Mixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models all of which see the same pixels. */
final class Models implements AutoCloseable {
  private final Map<Mixture, Model> models;
  private final ClipPreprocessing preprocessing;

  private Models(Map<Mixture, Model> models, ClipPreprocessing preprocessing) {
    this.models = models;
    this.preprocessing = preprocessing;
  }

  /**
   * The models of some candidates, in rounds whose weights fit into memory together. All of them
   * are checked here; their weights are read when they are first used.
   *
   * @param memory bytes of weights; a single model may have more
   */
  static List<Models> rounds(Collection<CandidateOnSuite> pairs, Sources sources, long memory)
      throws IOException {
    Map<Mixture, Model> all = new LinkedHashMap<>();
    ClipPreprocessing preprocessing = null;
    for (CandidateOnSuite pair : pairs) {
      if (!all.containsKey(pair.weights())) {
        Model model = open(pair.candidate(), sources);
        preprocessing = common(preprocessing, model, pair.candidate());
        all.put(pair.weights(), model);
      }
    }
    return split(all, preprocessing, memory);
  }

  private static Model open(Candidate candidate, Sources sources) throws IOException {
    try {
      return Model.open(candidate.recipe(), sources);
    } catch (IllegalArgumentException e) {
      throw candidate.unusable(e);
    }
  }

  private static ClipPreprocessing common(
      ClipPreprocessing before, Model model, Candidate candidate) {
    ClipPreprocessing its = model.meaning().preprocessing();
    if (before != null && !before.equals(its)) {
      throw EvaluationRules.refusal(
          ("candidate '%s' preprocesses pictures as %s, the ones before it as %s;"
                  + " evaluate them in stages of their own")
              .formatted(candidate.id(), its, before));
    }
    return its;
  }

  private static List<Models> split(
      Map<Mixture, Model> all, ClipPreprocessing preprocessing, long memory) {
    List<Models> rounds = new ArrayList<>();
    long free = 0;
    for (Map.Entry<Mixture, Model> entry : all.entrySet()) {
      long bytes = entry.getValue().bytes();
      if (rounds.isEmpty() || bytes > free) {
        rounds.add(new Models(new LinkedHashMap<>(), preprocessing));
        free = memory;
      }
      rounds.get(rounds.size() - 1).models.put(entry.getKey(), entry.getValue());
      free -= bytes;
    }
    return rounds;
  }

  /** Whether a pair's model is one of these. */
  boolean have(CandidateOnSuite pair) {
    return models.containsKey(pair.weights());
  }

  Model get(Mixture weights) {
    return models.get(weights);
  }

  ClipPreprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public void close() {
    models.values().forEach(Model::close);
  }
}
