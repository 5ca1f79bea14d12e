package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Overlap;
import org.junit.jupiter.api.Test;

class OverlapNotesTest {
  @Test
  void whatATestSharesIsToldWithAnExample() {
    assertThat(new OverlapNotes(between(2, 1200)).all())
        .containsExactly(
            "'photo' shares samples with the training data ('train'): 2 exactly, 1,200 nearly, for example a"
                + " (there b). Look at the results without them too.");
    assertThat(new OverlapNotes(between(0, 1)).all())
        .containsExactly(
            "'photo' shares samples with the training data ('train'): 0 exactly, 1 nearly, for example c"
                + " (there d). Look at the results without them too.");
  }

  @Test
  void whatIsInASetTwiceIsCounted() {
    Overlap.Builder overlap = Overlap.newBuilder();
    overlap
        .addWithinBuilder()
        .setSet("photo")
        .setSamples(1000)
        .setExact(Overlap.Matches.newBuilder().setCount(3))
        .setNear(Overlap.Matches.newBuilder().setCount(7));
    assertThat(new OverlapNotes(overlap.build()).all())
        .containsExactly(
            "Of the 1,000 samples of 'photo', 3 are copies of earlier ones, and 7 are nearly the same as others.");
  }

  @Test
  void thatNearOnesWereNotLookedForIsTold() {
    assertThat(new OverlapNotes(Overlap.newBuilder().setTooManyWords(123_456).build()).all())
        .containsExactly(
            "Near overlap of the texts was not looked for: 123,456 words are more than this service's memory allows; give dataprep more memory.");
  }

  @Test
  void whereNothingIsSharedThereIsNothingToSay() {
    assertThat(new OverlapNotes(between(0, 0)).all()).isEmpty();
  }

  private static Overlap between(int exact, int near) {
    Overlap.Builder overlap = Overlap.newBuilder();
    overlap
        .addBetweenBuilder()
        .setTested("photo")
        .setOther("train")
        .setOtherPurpose("TRAINING")
        .setExact(matches(exact, "a", "b"))
        .setNear(matches(near, "c", "d"));
    return overlap.build();
  }

  private static Overlap.Matches matches(int count, String sample, String other) {
    Overlap.Matches.Builder matches = Overlap.Matches.newBuilder().setCount(count);
    if (count > 0) {
      matches.addExamplesBuilder().setSample(sample).setOther(other);
    }
    return matches.build();
  }
}
