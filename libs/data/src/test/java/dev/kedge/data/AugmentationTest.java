package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  /** One row of six pixels, 1 to 6. */
  private static final Picture ROW = row(1, 2, 3, 4, 5, 6);

  @Test
  void theSameSampleAndEpochAlwaysLookTheSame() {
    Augmentation augmentation = new Augmentation(true, 2, 11);
    for (int sample = 0; sample < 20; sample++) {
      assertThat(apply(augmentation, sample, 3).rgb())
          .isEqualTo(apply(augmentation, sample, 3).rgb());
    }
  }

  @Test
  void nothingAskedForIsNothingDone() {
    assertThat(apply(new Augmentation(false, 0, 11), 1, 1)).isSameAs(ROW);
  }

  @Test
  void halfOfThePicturesAreMirrored() {
    Augmentation augmentation = new Augmentation(true, 0, 11);
    long mirrored =
        IntStream.range(0, 1000).filter(i -> first(apply(augmentation, i, 0)) == 6).count();
    assertThat(mirrored).isBetween(420L, 580L);
  }

  @Test
  void everyShiftOccursAndTheEdgeFillsTheGap() {
    Augmentation augmentation = new Augmentation(false, 2, 11);
    Set<String> seen = new HashSet<>();
    for (int epoch = 0; epoch < 200; epoch++) {
      seen.add(letters(apply(augmentation, 5, epoch)));
    }
    assertThat(seen).containsExactlyInAnyOrder("123456", "112345", "111234", "234566", "345666");
  }

  @Test
  void aNegativeShiftIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Augmentation(false, -1, 0))
        .withMessage("shift_pixels must not be negative, got -1");
  }

  private static Picture apply(Augmentation augmentation, int sample, int epoch) {
    return augmentation.apply(sized(ROW), sample, epoch);
  }

  /** A picture whose centre is all of it. */
  private static Augmentation.Sized sized(Picture picture) {
    return new Augmentation.Sized() {
      @Override
      public Picture centre() {
        return picture;
      }

      @Override
      public Picture area(RandomArea area, long draw) {
        return area.apply(picture, 3, 2, draw);
      }
    };
  }

  @Test
  void anAreaIsDrawnInPlaceOfTheCentreAndAnewInEachEpoch() {
    Augmentation augmentation =
        new Augmentation(Optional.of(new RandomArea(0.3)), true, 0, new ColourJitter(0, 0.2, 0), 5);
    Picture one = augmentation.apply(sized(ROW), 1, 0);

    assertThat(one.width()).isEqualTo(3);
    assertThat(one.height()).isEqualTo(2);
    assertThat(augmentation.apply(sized(ROW), 1, 0).rgb()).isEqualTo(one.rgb());
    assertThat(augmentation.isNone()).isFalse();
    assertThat(new Augmentation(false, 0, 5).isNone()).isTrue();
  }

  private static int first(Picture picture) {
    return picture.rgb()[0];
  }

  private static String letters(Picture picture) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < picture.rgb().length; i += 3) {
      letters.append(picture.rgb()[i]);
    }
    return letters.toString();
  }

  private static Picture row(int... levels) {
    byte[] rgb = new byte[3 * levels.length];
    IntStream.range(0, rgb.length).forEach(i -> rgb[i] = (byte) levels[i / 3]);
    return new Picture(levels.length, 1, rgb);
  }
}
