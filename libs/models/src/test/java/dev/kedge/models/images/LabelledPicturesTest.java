package dev.kedge.models.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.Picture;
import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PreparedDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledPicturesTest {
  private static final ClipPreprocessing SIZE = ClipPreprocessing.ofSize(8);

  @TempDir private Path disk;
  private PreparedDataset dataset;

  @BeforeEach
  void prepare() throws IOException {
    dataset = PreparedDataset.open(ColouredPictures.prepare(disk, 4, 1));
  }

  private LabelledPictures pictures(long memory, LabelledPictures.Part... parts) {
    return new LabelledPictures(SIZE, List.of(parts), memory);
  }

  @Test
  void pixelsAreThoseOfThePreprocessingWhetherPicturesAreKeptOrNot() {
    LabelledPictures.Part all = LabelledPictures.Part.all(dataset);
    int[] samples = {7, 2, 7};
    float[] fresh = pictures(0, all).pixels(samples, LabelledPictures.View.PLAIN);
    LabelledPictures keeping = pictures(1 << 20, all);
    keeping.pixels(samples, LabelledPictures.View.PLAIN);

    assertThat(keeping.pixels(samples, LabelledPictures.View.PLAIN)).isEqualTo(fresh);
    Picture second = new PictureDecoder().decode(dataset.picture(2));
    assertThat(Arrays.copyOfRange(fresh, SIZE.pixelCount(), 2 * SIZE.pixelCount()))
        .isEqualTo(SIZE.pixels(second));
    assertThat(keeping.picture(2)).isSameAs(keeping.picture(2));
  }

  @Test
  void partsAreJoinedInOrderAndASampleKnowsItsOwn() {
    LabelledPictures.Part training = LabelledPictures.Part.training(dataset, 0.25, 5);
    LabelledPictures.Part validation = LabelledPictures.Part.validation(dataset, 0.25, 5);
    LabelledPictures joined = pictures(0, training, validation);

    assertThat(joined.size()).isEqualTo(dataset.size());
    assertThat(validation.indices()).hasSize(3).doesNotContainAnyElementsOf(training.indices());
    assertThat(joined.part(8)).isZero();
    assertThat(joined.part(9)).isEqualTo(1);
    assertThat(joined.label(9)).isEqualTo(dataset.label(validation.indices().get(0)));
  }

  @Test
  void nothingToTrainOnIsRefused() {
    assertThatThrownBy(() -> pictures(0, new LabelledPictures.Part(dataset, List.of())))
        .hasMessageContaining("there are no samples");
  }
}
