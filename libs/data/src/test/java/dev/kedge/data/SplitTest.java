package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void everyClassGivesItsShare() {
    List<IndexedSample> samples = samples(100, 50);
    int[] validation = Split.of(samples, 0.1, 1).validation();
    assertThat(validation).hasSize(15);
    assertThat(IntStream.of(validation).filter(i -> samples.get(i).label() == 0)).hasSize(10);
  }

  @Test
  void bothPartsTogetherAreEverything() {
    Split split = Split.of(samples(40, 7), 0.3, 5);
    assertThat(IntStream.concat(IntStream.of(split.training()), IntStream.of(split.validation())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 47).boxed().toList());
  }

  @Test
  void theOrderOfSamplesDoesNotMatter() {
    List<IndexedSample> samples = samples(100, 50);
    List<IndexedSample> reversed = new ArrayList<>(samples);
    Collections.reverse(reversed);
    assertThat(validationDigests(reversed, 3)).isEqualTo(validationDigests(samples, 3));
  }

  @Test
  void anotherSeedSplitsOtherwise() {
    List<IndexedSample> samples = samples(100, 50);
    assertThat(validationDigests(samples, 3)).isNotEqualTo(validationDigests(samples, 4));
  }

  @Test
  void equalPicturesStayTogether() {
    List<IndexedSample> samples = new ArrayList<>(samples(10));
    samples.addAll(samples(10));
    Split split = Split.of(samples, 0.25, 9);
    for (int i : split.validation()) {
      assertThat(split.validation()).contains((i + 10) % 20);
    }
  }

  @Test
  void aPictureInTwoClassesIsNoMeasureOfEither() {
    List<IndexedSample> samples = new ArrayList<>(samples(40, 40));
    for (int i = 0; i < 40; i++) {
      samples.add(new IndexedSample("", 1, "0-" + i, 0, 0, 1, "", List.of(), ""));
    }
    int[] validation = Split.of(samples, 0.5, 3).validation();
    assertThat(IntStream.of(validation)).isNotEmpty().allMatch(i -> i >= 40 && i < 80);
  }

  @Test
  void recordsOfOneTextStayTogetherAndOthersAreSplitAsEver() {
    List<IndexedSample> plain = samples(200);
    List<IndexedSample> told = new ArrayList<>();
    List<IndexedSample> twice = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      IndexedSample one = plain.get(i);
      told.add(new IndexedSample("", 0, one.digest(), 0, 0, 1, "", List.of(), "text" + i));
      twice.add(new IndexedSample("", 0, one.digest(), 0, 0, 1, "", List.of(), "text" + i / 2));
    }
    assertThat(Split.of(told, 0.25, 9).validation())
        .isEqualTo(Split.of(plain, 0.25, 9).validation());
    int[] together = Split.of(twice, 0.25, 9).validation();
    assertThat(together).hasSizeBetween(30, 50);
    for (int i : together) {
      assertThat(together).contains(i ^ 1);
    }
  }

  @Test
  void aClassOfOneSampleKeepsItForTraining() {
    assertThat(Split.of(samples(1), 0.5, 0).training()).containsExactly(0);
    assertThat(Split.of(samples(2), 0.01, 0).validation()).hasSize(1);
  }

  @Test
  void copiesAtTheCutStayInTrainingEvenIfTheClassThenGivesNone() {
    List<IndexedSample> copies = Collections.nCopies(9, samples(1).get(0));
    assertThat(Split.of(copies, 0.5, 0).validation()).isEmpty();
    List<IndexedSample> mostly = new ArrayList<>(Collections.nCopies(9, samples(2).get(0)));
    mostly.add(samples(2).get(1));
    assertThat(IntStream.range(0, 20).map(seed -> Split.of(mostly, 0.2, seed).validation().length))
        .as("none where the copies come first, else the other one")
        .containsOnly(0, 1)
        .contains(0)
        .contains(1);
  }

  @Test
  void aFractionOfOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(samples(2), 1, 0))
        .withMessageContaining("got 1.0");
  }

  private static Set<String> validationDigests(List<IndexedSample> samples, long seed) {
    return IntStream.of(Split.of(samples, 0.2, seed).validation())
        .mapToObj(i -> samples.get(i).digest())
        .collect(Collectors.toSet());
  }

  private static List<IndexedSample> samples(int... counts) {
    List<IndexedSample> samples = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        samples.add(new IndexedSample("", label, label + "-" + i, 0, 0, 1, "", List.of(), ""));
      }
    }
    return samples;
  }
}
