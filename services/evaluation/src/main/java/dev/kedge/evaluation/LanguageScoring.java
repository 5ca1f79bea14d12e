package dev.kedge.evaluation;

import dev.kedge.data.DataException;
import dev.kedge.data.text.TextRecord;
import dev.kedge.report.Prediction;
import dev.kedge.report.Predictions;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.tensors.Mixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Scores language models on suites, one model after the other. */
final class LanguageScoring {
  /** Records that are ordered by length together, and kept together. */
  private static final int WINDOW = 256;

  private final StageContext context;
  private final Parts parts;
  private final Sources sources;
  private final Map<EvaluateSpec.Suite, TextSuite> suites = new HashMap<>();
  private final Set<EvaluateSpec.Suite> checked = new HashSet<>();
  private long done;
  private long total;

  LanguageScoring(StageContext context, Parts parts, Sources sources) {
    this.context = context;
    this.parts = parts;
    this.sources = sources;
  }

  /** Scores every pair and saves it as soon as it is through. */
  void score(Collection<CandidateOnSuite> pairs) throws IOException {
    for (CandidateOnSuite pair : pairs) {
      total += suites.computeIfAbsent(pair.suite(), each -> TextSuite.open(each, context)).size();
    }
    Map<Mixture, LanguageModelFolder> models = new LinkedHashMap<>();
    for (CandidateOnSuite pair : pairs) {
      if (!models.containsKey(pair.weights())) {
        models.put(pair.weights(), check(pair.candidate()));
      }
    }
    for (Map.Entry<Mixture, LanguageModelFolder> model : models.entrySet()) {
      score(
          model.getValue(),
          pairs.stream().filter(pair -> pair.weights().equals(model.getKey())).toList());
    }
  }

  /** All models are checked before the first is computed. */
  private LanguageModelFolder check(Candidate candidate) throws IOException {
    try {
      return LanguageModelFolder.open(candidate.recipe(), sources);
    } catch (IllegalArgumentException e) {
      throw candidate.unusable(e);
    }
  }

  private void score(LanguageModelFolder folder, List<CandidateOnSuite> pairs) throws IOException {
    try (LanguageCandidate model = folder.load()) {
      for (CandidateOnSuite pair : pairs) {
        check(pair, model);
      }
      for (CandidateOnSuite pair : pairs) {
        parts.save(pair, predictions(pair, model));
      }
    }
  }

  /** Mistakes in records are found before the first is scored, and counted. */
  private void check(CandidateOnSuite pair, LanguageCandidate model) {
    TextSuite suite = suites.get(pair.suite());
    if (!checked.add(pair.suite())) {
      return;
    }
    List<String> complaints = new ArrayList<>();
    try {
      LanguagePredictor predictor = LanguagePredictor.of(suite, model);
      suite.part().records().forEach(record -> complaints.addAll(complaint(predictor, record)));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(pair, e.getMessage());
    }
    if (!complaints.isEmpty()) {
      throw EvaluationRules.refusal(
          pair,
          "%d of %d records cannot be asked about, the first: %s"
              .formatted(complaints.size(), suite.size(), complaints.get(0)));
    }
  }

  private static List<String> complaint(LanguagePredictor predictor, TextRecord record) {
    try {
      predictor.check(record);
      return List.of();
    } catch (IllegalArgumentException | DataException e) {
      return List.of(e.getMessage());
    }
  }

  private Predictions predictions(CandidateOnSuite pair, LanguageCandidate model)
      throws IOException {
    TextSuite suite = suites.get(pair.suite());
    try {
      LanguagePredictor predictor = LanguagePredictor.of(suite, model);
      List<Prediction> all = new ArrayList<>();
      for (Window window : Window.of(suite.size(), WINDOW)) {
        all.addAll(window(pair, window, predictor).samples());
        done += window.size();
        context.progress(done, total, "records", Map.of());
      }
      return predictor.predictions(all);
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(pair, e.getMessage());
    }
  }

  private Predictions window(CandidateOnSuite pair, Window window, LanguagePredictor predictor)
      throws IOException {
    Optional<Predictions> kept = parts.window(pair, window);
    if (kept.isPresent()) {
      return kept.get();
    }
    TextSuite suite = suites.get(pair.suite());
    List<TextRecord> records =
        IntStream.range(window.from(), window.to()).mapToObj(suite.part()::record).toList();
    Predictions said = predictor.predictions(predictor.predict(records, context::checkStopping));
    parts.save(pair, window, said);
    return said;
  }
}
