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
 * Scores cells: every model of a round sees a batch of pictures before the next batch is decoded.
 * What is in memory is a round's weights and one batch.
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

  /** Scores every cell and saves it as soon as its suite is through. */
  void score(Collection<Cell> cells) throws IOException {
    for (Cell cell : cells) {
      total += suites.computeIfAbsent(cell.suite(), each -> SuiteData.open(each, context)).size();
    }
    for (Models round : Models.rounds(cells, sources, MEMORY)) {
      scoreRound(round, cells.stream().filter(round::have).toList());
    }
  }

  private void scoreRound(Models models, List<Cell> cells) throws IOException {
    try (models) {
      for (var suite : bySuite(cells).entrySet()) {
        scoreSuite(models, suites.get(suite.getKey()), suite.getValue());
      }
    }
  }

  private void scoreSuite(Models models, SuiteData suite, List<Cell> cells) throws IOException {
    Jury jury = Jury.of(models, suite, cells, context);
    List<List<ClassPrediction>> verdicts =
        cells.stream().<List<ClassPrediction>>map(cell -> new ArrayList<>()).toList();
    LabelledPictures pictures = suite.pictures(models.preprocessing());
    for (Window window : Window.of(suite.size(), WINDOW)) {
      scoreWindow(window, suite, pictures, jury, cells, verdicts);
    }
    for (int i = 0; i < cells.size(); i++) {
      parts.save(cells.get(i), predictions(suite, jury.judges().get(i), verdicts.get(i)));
    }
  }

  private static ClassPredictions predictions(
      SuiteData suite, Judge judge, List<ClassPrediction> samples) {
    return new ClassPredictions(suite.classes().ids(), judge.unknown(), samples);
  }

  /** Adds a window's predictions: those that are kept, and those of the cells that have none. */
  private void scoreWindow(
      Window window,
      SuiteData suite,
      LabelledPictures pictures,
      Jury jury,
      List<Cell> cells,
      List<List<ClassPrediction>> verdicts)
      throws IOException {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      Optional<Predictions> kept = parts.window(cells.get(i), window);
      if (kept.isPresent()) {
        verdicts.get(i).addAll(((ClassPredictions) kept.get()).samples());
        done += window.size();
      } else {
        missing.add(i);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    judge(window, suite, pictures, jury, cells, missing, verdicts);
    for (int i : missing) {
      List<ClassPrediction> all = verdicts.get(i);
      List<ClassPrediction> its = all.subList(all.size() - window.size(), all.size());
      parts.save(cells.get(i), window, predictions(suite, jury.judges().get(i), its));
    }
  }

  private void judge(
      Window window,
      SuiteData suite,
      LabelledPictures pictures,
      Jury jury,
      List<Cell> cells,
      List<Integer> missing,
      List<List<ClassPrediction>> verdicts) {
    for (int from = window.from(); from < window.to(); from += BATCH) {
      int[] chosen = IntStream.range(from, Math.min(from + BATCH, window.to())).toArray();
      float[] pixels = pictures.pixels(chosen, LabelledPictures.View.PLAIN);
      for (int i : missing) {
        context.checkStopping();
        float[][] logits = jury.judges().get(i).logits(pixels, chosen.length);
        try {
          verdicts.get(i).addAll(suite.predictions(chosen, logits));
        } catch (IllegalArgumentException e) {
          throw EvaluationRules.refusal(cells.get(i), e.getMessage());
        }
        done += chosen.length;
        context.progress(done, total, "images", Map.of());
      }
    }
  }

  private static Map<EvaluateSpec.Suite, List<Cell>> bySuite(List<Cell> cells) {
    return cells.stream()
        .collect(Collectors.groupingBy(Cell::suite, LinkedHashMap::new, Collectors.toList()));
  }
}
