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

/** Scores the cells of language models, one model after the other. */
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

  /** Scores every cell and saves it as soon as it is through. */
  void score(Collection<Cell> cells) throws IOException {
    for (Cell cell : cells) {
      total += suites.computeIfAbsent(cell.suite(), each -> TextSuite.open(each, context)).size();
    }
    Map<Mixture, LanguageModelFolder> models = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (!models.containsKey(cell.weights())) {
        models.put(cell.weights(), check(cell.candidate()));
      }
    }
    for (Map.Entry<Mixture, LanguageModelFolder> model : models.entrySet()) {
      score(
          model.getValue(),
          cells.stream().filter(cell -> cell.weights().equals(model.getKey())).toList());
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

  private void score(LanguageModelFolder folder, List<Cell> cells) throws IOException {
    try (LanguageCandidate model = folder.load()) {
      for (Cell cell : cells) {
        check(cell, model);
      }
      for (Cell cell : cells) {
        parts.save(cell, predictions(cell, model));
      }
    }
  }

  /** Mistakes in records are found before the first is scored, and counted. */
  private void check(Cell cell, LanguageCandidate model) {
    TextSuite suite = suites.get(cell.suite());
    if (!checked.add(cell.suite())) {
      return;
    }
    List<String> complaints = new ArrayList<>();
    try {
      Asking asking = Asking.of(suite, model);
      suite.part().records().forEach(record -> complaints.addAll(complaint(asking, record)));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(cell, e.getMessage());
    }
    if (!complaints.isEmpty()) {
      throw EvaluationRules.refusal(
          cell,
          "%d of %d records cannot be asked about, the first: %s"
              .formatted(complaints.size(), suite.size(), complaints.get(0)));
    }
  }

  private static List<String> complaint(Asking asking, TextRecord record) {
    try {
      asking.check(record);
      return List.of();
    } catch (IllegalArgumentException | DataException e) {
      return List.of(e.getMessage());
    }
  }

  private Predictions predictions(Cell cell, LanguageCandidate model) throws IOException {
    TextSuite suite = suites.get(cell.suite());
    try {
      Asking asking = Asking.of(suite, model);
      List<Prediction> all = new ArrayList<>();
      for (Window window : Window.of(suite.size(), WINDOW)) {
        all.addAll(window(cell, window, asking).samples());
        done += window.size();
        context.progress(done, total, "records", Map.of());
      }
      return asking.predictions(all);
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(cell, e.getMessage());
    }
  }

  private Predictions window(Cell cell, Window window, Asking asking) throws IOException {
    Optional<Predictions> kept = parts.window(cell, window);
    if (kept.isPresent()) {
      return kept.get();
    }
    TextSuite suite = suites.get(cell.suite());
    List<TextRecord> records =
        IntStream.range(window.from(), window.to()).mapToObj(suite.part()::record).toList();
    Predictions said = asking.predictions(asking.of(records, context::checkStopping));
    parts.save(cell, window, said);
    return said;
  }
}
