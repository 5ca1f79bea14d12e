package dev.kedge.evaluation;

import dev.kedge.models.language.AnswerSequence;
import dev.kedge.report.LanguagePrediction;
import dev.kedge.report.LanguagePredictions;
import dev.kedge.report.Measure;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.tensors.Mixture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Scores the cells of language models, one model after the other. */
final class LanguageScoring {
  /** Records that are scored together. */
  private static final int BATCH = 64;

  private final StageContext context;
  private final Parts parts;
  private final Sources sources;
  private final Map<EvaluateSpec.Suite, TextSuite> suites = new HashMap<>();
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
        parts.save(cell, predictions(cell, model));
      }
    }
  }

  private LanguagePredictions predictions(Cell cell, LanguageCandidate model) {
    try {
      return new LanguagePredictions(
          Measure.valueOf(cell.suite().getLanguage().getMeasure().name()),
          answers(suites.get(cell.suite()), model));
    } catch (IllegalArgumentException e) {
      throw EvaluationRules.refusal(
          "candidate '%s' on suite '%s': %s"
              .formatted(cell.candidate().id(), cell.suite().getId(), e.getMessage()));
    }
  }

  private List<LanguagePrediction> answers(TextSuite suite, LanguageCandidate model) {
    Questions questions = new Questions(suite.spec().getLanguage(), model);
    List<LanguagePrediction> answers = new ArrayList<>();
    for (int from = 0; from < suite.size(); from += BATCH) {
      context.checkStopping();
      List<Question> batch =
          IntStream.range(from, Math.min(from + BATCH, suite.size()))
              .mapToObj(place -> questions.of(suite.part().record(place)))
              .toList();
      answers.addAll(answers(batch, model));
      done += batch.size();
      context.progress(done, total, "records", Map.of());
    }
    return answers;
  }

  private static List<LanguagePrediction> answers(List<Question> batch, LanguageCandidate model) {
    List<AnswerSequence> sequences = batch.stream().flatMap(Question::sequences).toList();
    double[] nats = model.scorer().nats(sequences);
    List<LanguagePrediction> answers = new ArrayList<>();
    int from = 0;
    for (Question question : batch) {
      int to = from + question.count();
      answers.add(question.answered(Arrays.copyOfRange(nats, from, to)));
      from = to;
    }
    return answers;
  }
}
