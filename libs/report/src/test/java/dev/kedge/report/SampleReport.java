package dev.kedge.report;

import dev.kedge.v1.Importance;
import dev.kedge.v1.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** The report of an experiment that never ran: made-up accuracies along plausible curves. */
public final class SampleReport {
  private static final int SAMPLES = 400;
  private static final int SEEDS = 3;
  private static final List<Suite> SUITES =
      List.of(Samples.PHOTO_DEV, Samples.ART_DEV, Samples.PHOTO, Samples.ART, Samples.SKETCH);

  private static final List<Suite> LANGUAGE =
      List.of(
          new Suite("answers-dev", Role.SPECIALITY, Use.SELECT, Measure.ANSWER_BITS_PER_BYTE),
          new Suite("text-dev", Role.GENERALITY, Use.SELECT, Measure.BITS_PER_BYTE),
          new Suite("answers", Role.SPECIALITY, Use.REPORT, Measure.ANSWER_BITS_PER_BYTE),
          new Suite("text", Role.GENERALITY, Use.REPORT, Measure.BITS_PER_BYTE),
          new Suite("piqa", Role.GENERALITY, Use.REPORT, Measure.ANSWER_BITS_PER_BYTE));

  private SampleReport() {}

  /** A base, three methods with three seeds, and the α sweeps of two of them. */
  public static Report make(String title) {
    List<Point> points = new ArrayList<>();
    points.add(point(Point.BASE, Point.BASE, "", 0, 0, false));
    points.add(point("full", "full", "", 1, 1, true));
    points.add(point("l2 λ=0.1", "l2", "", 0.8, 0.55, true));
    points.add(point("l2 λ=1", "l2", "", 0.55, 0.3, true));
    points.add(point("lp-ft", "lp-ft", "", 0.95, 0.8, true));
    for (double alpha : new double[] {0.1, 0.3, 0.5, 0.7, 0.9}) {
      points.add(wise("full", alpha, 1));
      points.add(wise("l2 λ=0.1", alpha, 0.55));
    }
    Evidence evidence = new Evidence(SUITES, points, "full");
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("base", "sha256:4a3c5f6d8b0e2a7c9d1f3b5e7a9c0d2f4b6e8a0c1d3f5b7e9a0c2d4f6b8e0a1c");
    lineage.put("photo", "sha256:9d1f3b5e7a9c0d2f4b6e8a0c1d3f5b7e9a0c2d4f6b8e0a1c4a3c5f6d8b0e2a7c");
    lineage.put("seeds", "0, 1, 2");
    return Answer.of(evidence, Optional.of(Selection.choose(evidence, 1.0, 1)), title, lineage, 1)
        .toBuilder()
        .setRecommendedCheckpoint("projects/default/checkpoints/photo-l2-7f3a")
        .addImportances(importance())
        .build();
  }

  /** A made-up importance that grows with depth. */
  private static Importance importance() {
    Importance.Builder importance =
        Importance.newBuilder()
            .setLabel("fisher-general: all labels, each by its probability")
            .setSamples(1000)
            .addParts(part("embedding", 55_000, 3e-5));
    for (int block = 0; block < 4; block++) {
      double growth = Math.pow(4, block);
      importance
          .addParts(part("attention", 262_000, 2e-6 * growth).setBlock(block))
          .addParts(part("mlp", 524_000, 1e-6 * growth).setBlock(block))
          .addParts(part("norm", 1024, 5e-6 * growth).setBlock(block));
    }
    return importance
        .addParts(part("norm", 512, 4e-3))
        .addParts(part("projection", 131_000, 2e-4))
        .addParts(part("head", 5130, 1e-8))
        .build();
  }

  private static Importance.Part.Builder part(String kind, long weights, double mean) {
    return Importance.Part.newBuilder()
        .setKind(kind)
        .setWeights(weights)
        .setSum(weights * mean)
        .setMean(mean);
  }

  /** The same of a language model: answers it learnt, text and choices that it may forget. */
  public static Report ofLanguage(String title) {
    List<Point> points = new ArrayList<>();
    points.add(language(Point.BASE, "", OptionalDouble.empty(), 2.1, 1.55));
    points.add(language("full", "", OptionalDouble.empty(), 1.31, 1.94));
    points.add(language("l2 λ=0.1", "", OptionalDouble.empty(), 1.36, 1.71));
    points.add(language("lora", "", OptionalDouble.empty(), 1.45, 1.66));
    for (double alpha : new double[] {0.2, 0.4, 0.6, 0.8}) {
      points.add(
          language(
              "full",
              "wise",
              OptionalDouble.of(alpha),
              1.31 + 0.79 * Math.pow(1 - alpha, 2.5),
              1.55 + 0.39 * Math.pow(alpha, 2)));
    }
    Evidence evidence = new Evidence(LANGUAGE, points, "full");
    Choice choice = Selection.choose(evidence, 6, 1);
    return Answer.of(evidence, Optional.of(choice), title, Map.of(), 1);
  }

  private static Point language(
      String name, String average, OptionalDouble alpha, double speciality, double generality) {
    Map<Suite, Scores> scores = new LinkedHashMap<>();
    for (Suite suite : LANGUAGE) {
      double bits = suite.role() == Role.SPECIALITY ? speciality : generality;
      List<LanguagePrediction> costs = Samples.costs(SAMPLES, bits, suite.id().hashCode());
      scores.put(
          suite,
          Scores.of(
              new LanguagePredictions(
                  suite.measure(), suite.id().equals("piqa") ? choosing(costs) : costs)));
    }
    String label = alpha.isPresent() ? name + " α=" + alpha.getAsDouble() : name;
    return new Point(
        label,
        name.split(" ", 2)[0],
        average,
        alpha,
        List.of(Samples.run(label, name.equals(Point.BASE) ? -1 : 0, scores)));
  }

  /** Beside each answer a wrong one that costs as much as a byte of it does in the mean. */
  private static List<LanguagePrediction> choosing(List<LanguagePrediction> costs) {
    List<LanguagePrediction> choosing = new ArrayList<>();
    for (LanguagePrediction answer : costs) {
      double wrong = 1.7 * Math.log(2) * answer.bytes();
      int label = answer.tokens() % 2;
      List<Double> choices =
          label == 0 ? List.of(answer.nats(), wrong) : List.of(wrong, answer.nats());
      choosing.add(
          new LanguagePrediction(
              answer.sample(),
              answer.nats(),
              answer.bytes(),
              answer.tokens(),
              choices,
              List.of(8, 9),
              label));
    }
    return choosing;
  }

  private static Point wise(String tuned, double alpha, double loss) {
    String method = tuned.split(" ", 2)[0];
    double speciality = Math.pow(alpha, 0.2) * (method.equals("full") ? 1 : 0.8);
    Point point =
        point(tuned + " α=" + alpha, method, "wise", speciality, loss * alpha * alpha * 0.9, true);
    return new Point(point.label(), method, "wise", OptionalDouble.of(alpha), point.runs());
  }

  private static Point point(
      String label, String method, String average, double gain, double loss, boolean seeded) {
    List<Run> runs = new ArrayList<>();
    for (int seed = 0; seed < (seeded ? SEEDS : 1); seed++) {
      Map<Suite, Scores> scores = new LinkedHashMap<>();
      for (Suite suite : SUITES) {
        double accuracy =
            suite.role() == Role.SPECIALITY ? 0.72 + 0.2 * gain : 0.66 - 0.25 * loss - 0.01 * seed;
        // The same random numbers for all points, so that outcomes are paired.
        scores.put(
            suite,
            Samples.random(
                SAMPLES, accuracy, new SplittableRandom(suite.id().hashCode() + 100L * seed)));
      }
      Run run = Samples.run(label + " seed=" + seed, seed, scores);
      OptionalLong none = OptionalLong.empty();
      runs.add(seeded ? run : new Run(label, none, 0, run.scores()));
    }
    return new Point(label, method, average, OptionalDouble.empty(), runs);
  }
}
