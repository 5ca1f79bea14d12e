package dev.kedge.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kedge.data.DatasetManifest;
import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.source.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoPicturesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.kedge.standalone.demo.DemoPictures#domains")
  void everyDomainIsAnImageFolderWithoutABrokenPicture(String domain) throws IOException {
    Path tar = written(1, "train", domain);
    try (FileTree tree = FileTree.open(tar, folder)) {
      DatasetManifest manifest =
          new DatasetPreparation(0).prepare(tree, folder.resolve("out"), (done, total, bad) -> {});
      assertThat(manifest.classes()).isEqualTo(DemoPictures.classes());
      assertThat(manifest.counts()).containsOnly(2);
    }
  }

  @Test
  void theSameSeedDrawsTheSameBytes() throws IOException {
    Path first = written(1, "train", "photo");
    assertThat(written(1, "train", "photo")).hasSameBinaryContentAs(first);
  }

  @Test
  void theSeedThePartTheNumberAndTheStyleEachChangeThePicture() {
    int[] first = pixels(1, Style.PHOTO, "train", 0);
    assertThat(pixels(2, Style.PHOTO, "train", 0)).isNotEqualTo(first);
    assertThat(pixels(1, Style.PHOTO, "test", 0)).isNotEqualTo(first);
    assertThat(pixels(1, Style.PHOTO, "train", 1)).isNotEqualTo(first);
    assertThat(pixels(1, Style.SKETCH, "train", 0)).isNotEqualTo(first);
    assertThat(pixels(1, Style.PHOTO, "train", 0)).isEqualTo(first);
  }

  private static int[] pixels(long seed, Style style, String part, int number) {
    int size = DemoPictures.SIZE;
    return new DemoPictures(seed)
        .picture(style, Thing.HOUSE, part, number)
        .getRGB(0, 0, size, size, null, 0, size);
  }

  @Test
  void anUnknownDomainIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(1, "train", "fresco"))
        .withMessage("no domain 'fresco'; there are [photo, cartoon, sketch, mosaic]");
  }

  private Path written(long seed, String part, String domain) throws IOException {
    Path tar = folder.resolve("%d-%s-%s-%d.tar".formatted(seed, part, domain, System.nanoTime()));
    new DemoPictures(seed).write(tar, part, domain, 2);
    return tar;
  }
}
