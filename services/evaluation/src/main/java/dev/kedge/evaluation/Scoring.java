package dev.kedge.evaluation;

import dev.kedge.models.images.LabelledPictures;
import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.Predictions;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.EvaluateSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scores models on suites of pictures: every model of a round sees a batch of pictures before the
 * next batch is decoded. What is in memory is a round's weights and one batch.
 */
final class Scoring {
  /** Pictures that are computed at once. */
  static final int BATCH = 64;

  /** Pictures whose predictions are kept together; a multiple of what is computed at once. */
  private static final int WINDOW = 8 * BATCH;

  /** Bytes of weights that are in memory at once: a sweep over the α of a ViT-B is one round. */
  private static final long MEMORY = 6L << 30;

  private final StageContext context;
  private final Parts parts;
  private final Sources sources;
  private final Map<EvaluateSpec.Suite, SuiteData> suites = new HashMap<>();
  private long done;
  private long total;

  Scoring(StageContext context, Parts parts, Sources sources) {
    this.context = context;
    this.parts = parts;
    this.sources = sources;
  }

  /** Scores every pair and saves it as soon as its suite is through. */
  void score(Collection<CandidateOnSuite> pairs) throws IOException {
    for (CandidateOnSuite pair : pairs) {
      total += suites.computeIfAbsent(pair.suite(), each -> SuiteData.open(each, context)).size();
    }
    for (Models round : Models.rounds(pairs, sources, MEMORY)) {
      scoreRound(round, pairs.stream().filter(round::have).toList());
    }
  }

  private void scoreRound(Models models, List<CandidateOnSuite> pairs) throws IOException {
    try (models) {
      for (var suite : bySuite(pairs).entrySet()) {
        scoreSuite(models, suites.get(suite.getKey()), suite.getValue());
      }
    }
  }

  private void scoreSuite(Models models, SuiteData suite, List<CandidateOnSuite> pairs)
      throws IOException {
    SuiteClassifiers classifiers = SuiteClassifiers.of(models, suite, pairs, context);
    List<List<ClassPrediction>> predictions =
        pairs.stream().<List<ClassPrediction>>map(pair -> new ArrayList<>()).toList();
    LabelledPictures pictures = suite.pictures(models.preprocessing());
    for (Window window : Window.of(suite.size(), WINDOW)) {
      scoreWindow(window, suite, pictures, classifiers, pairs, predictions);
    }
    for (int i = 0; i < pairs.size(); i++) {
      parts.save(pairs.get(i), predictions(suite, classifiers.all().get(i), predictions.get(i)));
    }
  }

  private static ClassPredictions predictions(
      SuiteData suite, SuiteClassifier classifier, List<ClassPrediction> samples) {
    return new ClassPredictions(suite.classes().ids(), classifier.unknown(), samples);
  }

  /** Adds a window's predictions: those that are kept, and those of the pairs that have none. */
  private void scoreWindow(
      Window window,
      SuiteData suite,
      LabelledPictures pictures,
      SuiteClassifiers classifiers,
      List<CandidateOnSuite> pairs,
      List<List<ClassPrediction>> predictions)
      throws IOException {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Optional<Predictions> kept = parts.window(pairs.get(i), window);
      if (kept.isPresent()) {
        predictions.get(i).addAll(((ClassPredictions) kept.get()).samples());
        done += window.size();
      } else {
        missing.add(i);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    classify(window, suite, pictures, classifiers, pairs, missing, predictions);
    for (int i : missing) {
      List<ClassPrediction> all = predictions.get(i);
      List<ClassPrediction> its = all.subList(all.size() - window.size(), all.size());
      parts.save(pairs.get(i), window, predictions(suite, classifiers.all().get(i), its));
    }
  }

  private void classify(
      Window window,
      SuiteData suite,
      LabelledPictures pictures,
      SuiteClassifiers classifiers,
      List<CandidateOnSuite> pairs,
      List<Integer> missing,
      List<List<ClassPrediction>> predictions) {
    for (int from = window.from(); from < window.to(); from += BATCH) {
      int[] chosen = IntStream.range(from, Math.min(from + BATCH, window.to())).toArray();
      float[] pixels = pictures.pixels(chosen, LabelledPictures.View.PLAIN);
      for (int i : missing) {
        context.checkStopping();
        float[][] logits = classifiers.all().get(i).logits(pixels, chosen.length);
        try {
          predictions.get(i).addAll(suite.predictions(chosen, logits));
        } catch (IllegalArgumentException e) {
          throw EvaluationRules.refusal(pairs.get(i), e.getMessage());
        }
        done += chosen.length;
        context.progress(done, total, "images", Map.of());
      }
    }
  }

  private static Map<EvaluateSpec.Suite, List<CandidateOnSuite>> bySuite(
      List<CandidateOnSuite> pairs) {
    return pairs.stream()
        .collect(
            Collectors.groupingBy(
                CandidateOnSuite::suite, LinkedHashMap::new, Collectors.toList()));
  }
}
