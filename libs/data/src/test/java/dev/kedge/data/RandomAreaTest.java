package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RandomAreaTest {
  /** Red tells the column, green the row: what is seen tells where it lies. */
  private static Picture grid(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        rgb[3 * (y * width + x)] = (byte) x;
        rgb[3 * (y * width + x) + 1] = (byte) y;
      }
    }
    return new Picture(width, height, rgb);
  }

  @Test
  void areasLieInThePictureAndTakeTheSharesAskedFor() {
    Picture picture = grid(200, 100);
    double least = 1;
    double most = 0;
    for (int draw = 0; draw < 500; draw++) {
      Picture seen = new RandomArea(0.25).apply(picture, 50, 50, draw);
      double width = (seen.rgb()[3 * 49] & 0xFF) - (seen.rgb()[0] & 0xFF);
      double height = (seen.rgb()[3 * 49 * 50 + 1] & 0xFF) - (seen.rgb()[1] & 0xFF);
      double share = width / 0.98 * (height / 0.98) / (200 * 100);
      double ratio = width / height;
      assertThat(ratio).isBetween(0.70, 1.45);
      least = Math.min(least, share);
      most = Math.max(most, share);
    }

    assertThat(least).isBetween(0.23, 0.30);
    assertThat(most).isBetween(0.55, 0.72);
  }

  @Test
  void aPictureThatIsTooLongGivesItsCentre() {
    Picture seen = new RandomArea(1).apply(grid(250, 10), 13, 10, 1);

    assertThat(seen.rgb()[0] & 0xFF).isEqualTo(118);
    assertThat(seen.rgb()[3 * 12] & 0xFF).isEqualTo(130);
  }

  @Test
  void theSameDrawSeesTheSame() {
    Picture picture = grid(64, 64);
    RandomArea area = new RandomArea(0.1);

    assertThat(area.apply(picture, 8, 8, 4).rgb()).isEqualTo(area.apply(picture, 8, 8, 4).rgb());
    assertThat(area.apply(picture, 8, 8, 5).rgb()).isNotEqualTo(area.apply(picture, 8, 8, 4).rgb());
  }

  @Test
  void aScaleOutsideItsRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RandomArea(0))
        .withMessage("random_resized_crop.min_scale must be above 0 and at most 1, got 0.0");
  }
}
