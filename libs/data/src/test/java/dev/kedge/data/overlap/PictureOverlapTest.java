package dev.kedge.data.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureOverlapTest {
  @TempDir private Path folder;
  private final Map<String, byte[]> train = new LinkedHashMap<>();
  private final Map<String, byte[]> test = new LinkedHashMap<>();

  @BeforeEach
  void differentPictures() throws IOException {
    for (int i = 0; i < 60; i++) {
      train.put("dog/train%02d.jpg".formatted(i), Scenes.jpeg(Scenes.scene(i), 0.9f));
      test.put("dog/test%02d.jpg".formatted(i), Scenes.jpeg(Scenes.scene(1000 + i), 0.9f));
    }
  }

  @Test
  void differentPicturesOfOneClassAreNoOverlap() throws IOException {
    Overlaps overlaps = compare();
    Overlaps.Between between = overlaps.between().get(0);
    assertThat(between.tested().name()).isEqualTo("photo");
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).isEmpty();
    assertThat(overlaps.within()).allMatch(set -> set.exact().count() + set.near().count() == 0);
  }

  @Test
  void aCopyUnderAnotherNameAndClassIsTheSame() throws IOException {
    test.put("cat/copy.jpg", train.get("dog/train07.jpg"));
    Overlaps.Between between = compare().between().get(0);
    assertThat(between.exact().samples()).containsExactly("cat/copy.jpg");
    assertThat(between.exact().partners()).containsExactly("dog/train07.jpg");
    assertThat(between.near().samples()).isEmpty();
  }

  @Test
  void whatWasStoredAnewMadeSmallerOrLostItsRimIsNearlyTheSame() throws IOException {
    test.put("dog/anew.jpg", Scenes.jpeg(Scenes.scene(1), 0.4f));
    test.put("dog/lossless.png", Scenes.png(Scenes.scene(2)));
    test.put("dog/smaller.jpg", Scenes.jpeg(Scenes.resized(Scenes.scene(3), 0.5), 0.9f));
    test.put("dog/rimless.jpg", Scenes.jpeg(Scenes.withoutRim(Scenes.scene(4), 3), 0.9f));
    Overlaps.Between between = compare().between().get(0);
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples())
        .containsExactlyInAnyOrder(
            "dog/anew.jpg", "dog/lossless.png", "dog/smaller.jpg", "dog/rimless.jpg");
    assertThat(between.near().partners())
        .containsExactlyInAnyOrder(
            "dog/train01.jpg", "dog/train02.jpg", "dog/train03.jpg", "dog/train04.jpg");
  }

  @Test
  void aSetsOwnDuplicatesAreCounted() throws IOException {
    train.put("dog/zz-again.jpg", train.get("dog/train05.jpg"));
    train.put("dog/zz-thrice.jpg", train.get("dog/train05.jpg"));
    train.put("dog/zz-weak.jpg", Scenes.jpeg(Scenes.scene(6), 0.4f));
    Overlaps.Within within = compare().within().get(0);
    assertThat(within.exact().samples()).containsExactly("dog/zz-again.jpg", "dog/zz-thrice.jpg");
    assertThat(within.exact().partners()).containsOnly("dog/train05.jpg");
    assertThat(within.near().samples()).containsExactly("dog/train06.jpg", "dog/zz-weak.jpg");
  }

  @Test
  void picturesOfOneColourAreToldApartByIt() throws IOException {
    train.put("dog/zz-grey.png", Scenes.png(plain(new Color(100, 100, 100))));
    test.put("dog/zz-red.png", Scenes.png(plain(Color.RED)));
    test.put("dog/zz-grey.jpg", Scenes.jpeg(plain(new Color(101, 101, 101)), 0.9f));
    assertThat(compare().between().get(0).near().samples()).containsExactly("dog/zz-grey.jpg");
  }

  @Test
  void everyTestIsComparedWithWhatItMustDifferFrom() throws IOException {
    PictureSamples any = Scenes.prepare(folder.resolve("any"), train);
    Overlaps overlaps =
        Overlaps.ofPictures(
            List.of(
                new ComparedSet<>("t", Purpose.TRAINING, any),
                new ComparedSet<>("c", Purpose.CALIBRATION, any),
                new ComparedSet<>("s", Purpose.SELECT, any),
                new ComparedSet<>("r", Purpose.REPORT, any),
                new ComparedSet<>("r2", Purpose.REPORT, any)),
            (steps, all) -> {});
    assertThat(overlaps.between())
        .extracting(pair -> pair.tested().name() + " " + pair.other().name())
        .containsExactly("s t", "s c", "r t", "r c", "r s", "r2 t", "r2 c", "r2 s");
    assertThat(overlaps.between()).allMatch(pair -> pair.exact().count() == 60);
    assertThat(overlaps.within()).allMatch(set -> set.exact().count() == 0);
  }

  private static BufferedImage plain(Color colour) {
    BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setColor(colour);
    pen.fillRect(0, 0, 20, 20);
    pen.dispose();
    return image;
  }

  private Overlaps compare() throws IOException {
    return Overlaps.ofPictures(
        List.of(
            new ComparedSet<>(
                "train", Purpose.TRAINING, Scenes.prepare(folder.resolve("train"), train)),
            new ComparedSet<>(
                "photo", Purpose.REPORT, Scenes.prepare(folder.resolve("test"), test))),
        (steps, all) -> {});
  }
}
