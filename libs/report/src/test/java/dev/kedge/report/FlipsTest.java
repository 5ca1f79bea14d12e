package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.ClassFlips;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlipsTest {
  private static final List<String> CLASSES = List.of("dog", "guitar");

  @Test
  void whatWentWrongAndWhatCameRightIsToldApart() {
    Flips flips = Flips.of(Samples.outcomes("110010"), Samples.outcomes("100011"));
    assertThat(flips.lost()).isEqualTo(1);
    assertThat(flips.gained()).isEqualTo(1);
    assertThat(samples(flips.lostExamples())).containsExactly("s1");
    assertThat(samples(flips.gainedExamples())).containsExactly("s5");
  }

  @Test
  void examplesTakeTheClassesInTurnAndTheSurestMistakesFirst() {
    List<ClassPrediction> before =
        List.of(
            sample("a", 0, 0, 0.5),
            sample("b", 0, 0, 0.5),
            sample("c", 0, 0, 0.5),
            sample("d", 1, 1, 0.5),
            sample("e", 1, 1, 0.5));
    List<ClassPrediction> now =
        List.of(
            sample("a", 0, 1, 0.6),
            sample("b", 0, 1, 0.9),
            sample("c", 0, 1, 0.9),
            sample("d", 1, 0, 0.7),
            sample("e", 1, 1, 0.7));
    Flips flips =
        Flips.of(new ClassPredictions(CLASSES, before), new ClassPredictions(CLASSES, now));
    assertThat(flips.lost()).isEqualTo(4);
    assertThat(samples(flips.lostExamples())).containsExactly("b", "d", "c", "a");
    Flips back =
        Flips.of(new ClassPredictions(CLASSES, now), new ClassPredictions(CLASSES, before));
    assertThat(samples(back.gainedExamples())).containsExactly("b", "d", "c", "a");
  }

  @Test
  void thereAreNeverMoreExamplesThanFitAPage() {
    Flips flips = Flips.of(Samples.outcomes("1".repeat(50)), Samples.outcomes("0".repeat(50)));
    assertThat(flips.lost()).isEqualTo(50);
    assertThat(flips.lostExamples()).hasSize(Flips.MOST);
    assertThat(flips.gainedExamples()).isEmpty();
  }

  @Test
  void aChoiceIsTheClearerTheFartherTheRightOneIsBehind() {
    LanguagePredictions before = choosing(1, 2, 1, 2, 1, 2);
    LanguagePredictions now = choosing(2, 1.5, 3, 1, 1, 2);
    Flips flips = Flips.of(before, now);
    assertThat(samples(flips.lostExamples())).containsExactly("q1", "q0");
    assertThat(flips.gained()).isZero();
  }

  @Test
  void aLongAnswerIsBehindByItsCharactersOrBytesWhereTheseAreMeasured() {
    for (Measure measure : List.of(Measure.ACCURACY_NORM, Measure.ACCURACY_BYTES)) {
      // Of each unit q0 is behind by 0.23 and q1 by 0.3; of each answer by 7 and by less than 0.
      LanguagePredictions before = sized(measure, List.of(4.0, 5.0), List.of(1.0, 9.0));
      LanguagePredictions now = sized(measure, List.of(9.0, 2.0), List.of(4.0, 9.0));
      Flips flips = Flips.of(before, now);
      assertThat(samples(flips.lostExamples())).containsExactly("q1", "q0");
      assertThat(samples(Flips.of(now, before).gainedExamples())).containsExactly("q1", "q0");
    }
  }

  /** Two samples: nats of their right choices and of their wrong ones. */
  private static LanguagePredictions sized(
      Measure measure, List<Double> first, List<Double> second) {
    return new LanguagePredictions(
        measure, List.of(sized("q0", first, List.of(10, 3)), sized("q1", second, List.of(5, 18))));
  }

  private static LanguagePrediction sized(String id, List<Double> nats, List<Integer> sizes) {
    return new LanguagePrediction(
        id, nats.get(0), sizes.get(0), 1, nats, sizes, 0, sizes, List.of(), null);
  }

  @Test
  void whereThereIsNoRightAndWrongDearerIsLost() {
    LanguagePredictions before = costing(10, 10, 10);
    LanguagePredictions now = costing(12, 7, 15);
    Flips flips = Flips.of(before, now);
    assertThat(samples(flips.lostExamples())).containsExactly("t2", "t0");
    assertThat(samples(flips.gainedExamples())).containsExactly("t1");
  }

  @Test
  void theFlipsOfTheClassesAddUpToTheSuites() {
    ClassScores before = new ClassScores(Samples.outcomes("111000"));
    ClassScores now = new ClassScores(Samples.outcomes("011110"));
    assertThat(now.flipsSince(before))
        .containsOnlyKeys("dog", "guitar", "house")
        .containsEntry("dog", flips(1, 1))
        .containsEntry("guitar", flips(0, 1))
        .containsEntry("house", flips(0, 0));
  }

  private static ClassFlips flips(int lost, int gained) {
    return ClassFlips.newBuilder().setSamples(2).setLost(lost).setGained(gained).build();
  }

  private static ClassPrediction sample(String key, int label, int likeliest, double confidence) {
    return new ClassPrediction(key, label, List.of(likeliest, 1 - likeliest), confidence);
  }

  /** Nats of the right choice and of a wrong one, sample by sample. */
  private static LanguagePredictions choosing(double... nats) {
    List<LanguagePrediction> samples = new ArrayList<>();
    for (int i = 0; i < nats.length; i += 2) {
      samples.add(
          new LanguagePrediction(
              "q" + i / 2, nats[i], 4, 1, List.of(nats[i], nats[i + 1]), List.of(4, 4), 0));
    }
    return new LanguagePredictions(Measure.ACCURACY, samples);
  }

  private static LanguagePredictions costing(double... nats) {
    List<LanguagePrediction> samples = new ArrayList<>();
    for (int i = 0; i < nats.length; i++) {
      samples.add(LanguagePrediction.of("t" + i, nats[i], 10, 5));
    }
    return new LanguagePredictions(Measure.BITS_PER_BYTE, samples);
  }

  private static List<String> samples(List<Flips.Pair> pairs) {
    return pairs.stream().map(pair -> pair.now().sample()).toList();
  }
}
