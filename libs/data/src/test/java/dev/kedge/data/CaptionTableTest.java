package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.source.TreeFile;
import dev.kedge.data.text.Columns;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionTableTest {
  private static final String COCO =
      """
      {"info": {"year": 2017, "deep": [{"a": []}]},
       "annotations": [
         {"image_id": 9, "id": 1, "caption": "A cat on\\na mat. "},
         {"image_id": 4, "id": 2, "caption": "two dogs"},
         {"image_id": 9, "id": 3, "caption": "a sleeping cat"},
         {"image_id": 13, "id": 5, "caption": "another folder's"},
         {"image_id": 4, "id": 6, "caption": " "},
         {"image_id": 7, "id": 4, "caption": "nobody's"}],
       "images": [
         {"id": 4, "file_name": "4.png", "height": 2},
         {"id": 9, "file_name": "9.png"},
         {"id": 9, "file_name": "4.png"},
         {"id": 11, "file_name": "11.png"},
         {"id": 12, "file_name": "12.png"},
         {"id": 13, "file_name": "train2017/4.png"},
         {"id": 14}]}
      """;

  @TempDir private Path source;
  @TempDir private Path target;
  @TempDir private Path scratch;

  @BeforeEach
  void pictures() throws IOException {
    for (int i : new int[] {4, 9, 12}) {
      TestPictures.write(source, "val2017/%d.png".formatted(i), TestPictures.png(i));
    }
  }

  @Test
  void cocosFileSaysSeveralThingsOfAPictureAndAllIsKeptOrLeftOut() throws IOException {
    table("annotations/captions_val2017.json", COCO);
    PictureListing listing = list(Map.of());
    assertThat(listing.classes()).containsExactly("picture");
    assertThat(said(listing))
        .containsExactly(
            "val2017/4.png [two dogs]", "val2017/9.png [A cat on a mat., a sleeping cat]");
    String file = "annotations/captions_val2017.json: ";
    String place = file + "image ";
    assertThat(listing.misplaced())
        .containsExactlyInAnyOrder(
            new Quarantined(file + "images[2]", "there is an earlier one of this `id`"),
            new Quarantined(place + "11", "names '11.png', which is not there"),
            new Quarantined(place + "12", "has no caption of '12.png'"),
            new Quarantined(place + "13", "names 'train2017/4.png', which is not there"),
            new Quarantined(file + "images[6]", "has no `id` or no `file_name`"),
            new Quarantined(file + "annotations[4]", "has no `image_id` or no `caption`"),
            new Quarantined(place + "7", "has captions, but is not among the `images`"));
  }

  @Test
  void captionsGoWithTheirPictureIntoIndexAndShard() throws IOException {
    table("captions_val2017.json", COCO);
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0.9)
          .prepare(
              tree,
              PictureLayout.IMAGE_CAPTIONS.list(tree, Columns.AS_THEY_ARE),
              target,
              FinishedParts.NONE,
              (done, total, quarantined) -> {});
    }
    PreparedDataset dataset = PreparedDataset.open(target);
    assertThat(dataset.samples().get(1).captions())
        .containsExactly("A cat on a mat.", "a sleeping cat");
    assertThat(dataset.picture(1)).isEqualTo(TestPictures.png(9));
    try (TarFile tar = new TarFile(target.resolve("000000.tar"))) {
      assertThat(tar.getEntries())
          .extracting(TarArchiveEntry::getName)
          .endsWith("000000001.png", "000000001.cls", "000000001.txt");
      TarArchiveEntry last = tar.getEntries().get(5);
      assertThat(new String(tar.getInputStream(last).readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("A cat on a mat.\na sleeping cat");
    }
  }

  @Test
  void rowsOfATableAddUpToAPicturesCaptions() throws IOException {
    table(
        "val2017/captions.csv",
        "file,title,class\n4.png,one,dog\n9.png,two,cat\n4.png,three,dog\n4.png,four,cat\n12.png, ,cat\n");
    PictureListing listing = list(Map.of("caption", "title"));
    assertThat(said(listing)).containsExactly("val2017/4.png [one, three]", "val2017/9.png [two]");
    assertThat(listing.classes()).containsExactly("cat", "dog");
    assertThat(listing.misplaced())
        .containsExactly(
            new Quarantined("val2017/captions.csv:5", "'4.png' is both 'dog' and 'cat'"),
            new Quarantined("val2017/captions.csv:6", "has no caption of '12.png'"));
  }

  @Test
  void aRowMayHoldAListOfCaptions() throws IOException {
    table("c.jsonl", "{\"image\": \"4.png\", \"captions\": [\"one\", 2, \"\", \"three\"]}");
    assertThat(said(list(Map.of()))).containsExactly("val2017/4.png [one, three]");
  }

  @Test
  void anotherJsonIsNoFileOfCaptions() throws IOException {
    table("instances.json", "{\"images\": [{\"id\": 4, \"file_name\": \"4.png\"}]}");
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(Map.of()))
        .withMessageContaining("'instances.json' is no COCO file of captions: it has 1 `images`");
    table("instances.json", "{\"images\": [");
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(Map.of()))
        .withMessageContaining("'instances.json' is no COCO file of captions: Unexpected end");
  }

  @Test
  void aFileThatNobodyHasCaptionsForIsRefusedByItsSize() throws IOException {
    Path file = source.resolve("captions.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 30);
    }
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(Map.of()))
        .withMessageContaining("'captions.json' has 1,073,741,824 bytes")
        .withMessageContaining("at most 536,870,912 are read: cut it into several data sets");
  }

  @Test
  void captionsBeyondWhatTheHeapHasRoomForAreRefusedWithTheirRemedy() throws IOException {
    table("captions.json", COCO);
    try (FileTree tree = FileTree.open(source, scratch)) {
      TreeFile file = tree.files().stream().filter(CocoCaptions::isNamed).findFirst().orElseThrow();
      assertThatExceptionOfType(UnusableDatasetException.class)
          .isThrownBy(() -> CocoCaptions.read(tree, file, 500, null))
          .withMessageContaining("'captions.json' says more of its pictures than")
          .withMessageContaining("after 0 images and 2 annotations")
          .withMessageContaining("a larger -Xmx");
    }
  }

  private void table(String path, String text) throws IOException {
    TestPictures.write(source, path, text.getBytes(StandardCharsets.UTF_8));
  }

  private PictureListing list(Map<String, String> columns) throws IOException {
    try (FileTree tree = FileTree.open(source, scratch)) {
      return PictureLayout.IMAGE_CAPTIONS.list(tree, new Columns(columns));
    }
  }

  private static List<String> said(PictureListing listing) {
    return listing.pictures().stream()
        .map(picture -> picture.file().path() + " " + picture.captions())
        .toList();
  }
}
