package dev.kedge.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Made-up measurements. */
final class Samples {
  static final Suite PHOTO = new Suite("photo", Role.SPECIALITY, Use.REPORT, Measure.ACCURACY);
  static final Suite ART = new Suite("art", Role.GENERALITY, Use.REPORT, Measure.ACCURACY);
  static final Suite SKETCH = new Suite("sketch", Role.GENERALITY, Use.REPORT, Measure.ACCURACY);
  static final Suite PHOTO_DEV =
      new Suite("photo-dev", Role.SPECIALITY, Use.SELECT, Measure.ACCURACY);
  static final Suite ART_DEV = new Suite("art-dev", Role.GENERALITY, Use.SELECT, Measure.ACCURACY);

  private static final List<String> CLASSES = List.of("dog", "guitar", "house");

  private Samples() {}

  /** One sample for each character: 1 is right, 0 is wrong. */
  static ClassPredictions outcomes(String bits) {
    List<ClassPrediction> samples = new ArrayList<>();
    for (int i = 0; i < bits.length(); i++) {
      int label = i % CLASSES.size();
      int other = (label + 1) % CLASSES.size();
      boolean right = bits.charAt(i) == '1';
      samples.add(
          new ClassPrediction(
              "s" + i, label, right ? List.of(label, other) : List.of(other, label), 0.8));
    }
    return new ClassPredictions(CLASSES, samples);
  }

  /** Samples that are right with this probability. */
  static Scores random(int samples, double accuracy, SplittableRandom random) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < samples; i++) {
      bits.append(random.nextDouble() < accuracy ? '1' : '0');
    }
    return Scores.of(outcomes(bits.toString()));
  }

  /** The first {@code right} of the samples are right. */
  static Scores exactly(int right, int samples) {
    return Scores.of(outcomes("1".repeat(right) + "0".repeat(samples - right)));
  }

  /** Samples of different lengths that cost exactly so much together. */
  static List<LanguagePrediction> costs(int samples, double bitsPerByte, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bytes = random.ints(samples, 10, 100).toArray();
    double[] weights = random.doubles(samples, 0.5, 1.5).toArray();
    double weighted = 0;
    double all = 0;
    for (int i = 0; i < samples; i++) {
      weighted += weights[i] * bytes[i];
      all += bytes[i];
    }
    List<LanguagePrediction> costs = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      double nats = bitsPerByte * Math.log(2) * bytes[i] * weights[i] * all / weighted;
      costs.add(LanguagePrediction.of("s" + i, nats, bytes[i], bytes[i] / 4));
    }
    return costs;
  }

  static Run run(String candidate, long seed, Map<Suite, Scores> scores) {
    Map<String, Scores> byId = new HashMap<>();
    scores.forEach((suite, score) -> byId.put(suite.id(), score));
    return new Run(candidate, seed < 0 ? OptionalLong.empty() : OptionalLong.of(seed), 60, byId);
  }

  static Point point(String label, Run... runs) {
    return new Point(label, label, "", OptionalDouble.empty(), List.of(runs));
  }
}
