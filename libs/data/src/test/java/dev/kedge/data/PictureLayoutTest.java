package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureLayoutTest {
  @TempDir private Path source;
  @TempDir private Path scratch;
  @TempDir private Path target;

  @Test
  void samplesOfSeveralShardsHaveTheClassesBesideThem() throws IOException {
    tar("a.tar", Map.of("000.png", png(1), "000.cls", "10", "001.PNG", png(2), "001.cls", "9\n"));
    tar("b.tar", Map.of("000.jpg", png(3), "000.json", "{\"label\": 10}", "1.txt", "alone"));
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(listing.classes()).as("numbers are sorted as such").containsExactly("9", "10");
    assertThat(found(listing)).containsExactly("a/000.png 10", "a/001.PNG 9", "b/000.jpg 10");
    assertThat(listing.misplaced())
        .containsExactly(new Quarantined("b/1", "no picture among its files [txt]"));
  }

  @Test
  void numbersOfShardsAreNamedByTheListBesideThem() throws IOException {
    tar("a.tar", Map.of("0.png", png(1), "0.cls", "1", "1.png", png(2), "1.cls", "7"));
    tar("b.tar", Map.of("0.png", png(3), "1.png", png(4), "1.json", "{"));
    write("classnames.txt", "cat\ndog\n");
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(found(listing)).containsExactly("a/0.png dog");
    assertThat(listing.misplaced())
        .extracting(Quarantined::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("class 7, but classnames.txt has 2 lines"),
            reason -> assertThat(reason).startsWith("no .cls beside it"),
            reason -> assertThat(reason).startsWith("its .json is no JSON"));
  }

  @Test
  void whatPreparationWritesIsAWebDataset() throws IOException {
    write("folder/cat/1.png", png(1));
    write("folder/dog/2.png", png(2));
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0).prepare(tree, target, (done, total, bad) -> {});
    }
    try (FileTree tree = FileTree.open(target.resolve("000000.tar"), scratch)) {
      PictureListing listing = PictureLayout.WEBDATASET.list(tree, Columns.AS_THEY_ARE);
      assertThat(found(listing)).containsExactly("000000000.png 0", "000000001.png 1");
    }
  }

  @Test
  void captionsLieInATextBesideThePictureOrInItsJson() throws IOException {
    tar("a.tar", Map.of("0.png", png(1), "0.txt", "a cat\n\n on  a mat ", "1.png", png(2)));
    tar(
        "b.tar",
        Map.of(
            "2.png",
            png(3),
            "2.json",
            "{\"caption\": \"a dog\", \"score\": NaN, \"label\": null}"));
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(found(listing)).containsExactly("a/0.png picture", "b/2.png picture");
    assertThat(listing.pictures())
        .extracting(PictureListing.Candidate::captions)
        .containsExactly(List.of("a cat", "on a mat"), List.of("a dog"));
    assertThat(listing.misplaced())
        .containsExactly(new Quarantined("a/1.png", "no .cls beside it, and no class in a .json"));
  }

  @Test
  void besideSamplesWithAClassOneThatHasACaptionAloneLacksIt() throws IOException {
    tar(
        "a.tar",
        Map.of("0.png", png(1), "0.txt", "a cat", "1.png", png(2), "1.cls", "cat", "1.txt", "a"));
    tar(
        "b.tar",
        Map.of("2.png", png(3), "2.json", "{\"class\": \"dog\", \"captions\": [\"b\", \"c\"]}"));
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(found(listing)).containsExactly("a/1.png cat", "b/2.png dog");
    assertThat(listing.pictures())
        .extracting(PictureListing.Candidate::captions)
        .containsExactly(List.of("a"), List.of("b", "c"));
    assertThat(listing.misplaced())
        .containsExactly(new Quarantined("a/0.png", "no .cls beside it, and no class in a .json"));
  }

  @Test
  void aClassThatIsNullIsNone() throws IOException {
    tar(
        "a.tar",
        Map.of(
            "0.png",
            png(1),
            "0.json",
            "{\"class_name\": null, \"label\": \"cat\"}",
            "1.png",
            png(2),
            "1.json",
            "{\"class_name\": null}"));
    tar("b.tar", Map.of("2.png", png(3), "2.cls", "dog"));
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(found(listing)).containsExactly("a/0.png cat", "b/2.png dog");
    assertThat(listing.misplaced()).extracting(Quarantined::path).containsExactly("a/1.png");
  }

  @Test
  void aSecondPictureOrClassOfASampleIsLeftOutByItsName() throws IOException {
    tar("a.tar", Map.of("k.JPG", png(1), "k.jpg", png(2), "k.png", png(3), "k.cls", "cat"));
    tar("b.tar", Map.of("k.png", png(4), "k.CLS", "dog", "k.cls", "cow"));
    PictureListing listing = list(PictureLayout.WEBDATASET, Map.of());
    assertThat(found(listing)).containsExactly("a/k.JPG cat", "b/k.png dog");
    assertThat(listing.misplaced())
        .containsExactly(
            new Quarantined("a/k.jpg", "its sample has 'a/k.JPG' already"),
            new Quarantined("b/k.cls", "its sample has 'b/k.CLS' already"),
            new Quarantined("a/k.png", "its sample has 'a/k.JPG' already"));
  }

  @Test
  void whatLiesBesideAPictureMustBeReadable() throws IOException {
    tar("a.tar", Map.of("0.png", png(1), "0.cls", "caf\u00e9", "1.png", png(2), "1.cls", "cat"));
    tar("b.tar", Map.of("2.png", png(3), "2.cls", "cat", "2.txt", "x".repeat((1 << 20) + 1)));
    assertThat(list(PictureLayout.WEBDATASET, Map.of()).misplaced())
        .containsExactly(
            new Quarantined("a/0.png", "'a/0.cls' is not UTF-8"),
            new Quarantined(
                "b/2.png", "'b/2.txt' is longer than 1,048,576 bytes, the most beside a picture"));
  }

  @Test
  void whatWasPreparedWithCaptionsIsTheSameDataWhenItIsPreparedAgain() throws IOException {
    write("1.png", png(1));
    write("2.png", png(2));
    write("c.csv", "file,caption\n1.png,a  cat\n2.png,a dog\n1.png,asleep\n");
    Path again = scratch.resolve("again");
    prepare(source, PictureLayout.IMAGE_CAPTIONS, target);
    prepare(target.resolve("000000.tar"), PictureLayout.WEBDATASET, again);
    PreparedDataset first = PreparedDataset.open(target);
    PreparedDataset second = PreparedDataset.open(again);
    assertThat(second.manifest().digest()).isEqualTo(first.manifest().digest());
    assertThat(second.samples())
        .extracting(IndexedSample::captions)
        .containsExactly(List.of("a cat", "asleep"), List.of("a dog"));
    assertThat(again.resolve("000000.tar")).hasSameBinaryContentAs(target.resolve("000000.tar"));
  }

  private void prepare(Path from, PictureLayout layout, Path to) throws IOException {
    try (FileTree tree = FileTree.open(from, scratch)) {
      PictureListing listing = layout.list(tree, Columns.AS_THEY_ARE);
      new DatasetPreparation(0)
          .prepare(tree, listing, to, FinishedParts.NONE, (done, total, bad) -> {});
    }
  }

  @Test
  void aTableNamesFilesAndClasses() throws IOException {
    write("set/img/1.png", png(1));
    write("set/img/2.png", png(2));
    write("set/img/unnamed.png", png(3));
    write(
        "set/labels.csv",
        "url,kind\nimg/1.png,cat\nset/img/2.png,dog\nimg/1.png,cat\n../../etc/passwd,cat\nimg/2.png,\n");
    PictureListing listing =
        list(PictureLayout.IMAGE_TABLE, Map.of("file", "url", "class", "kind"));
    assertThat(found(listing)).containsExactly("set/img/1.png cat", "set/img/2.png dog");
    assertThat(listing.misplaced())
        .containsExactly(
            new Quarantined("set/labels.csv:4", "names 'img/1.png', as set/labels.csv:2 does"),
            new Quarantined("set/labels.csv:5", "names '../../etc/passwd', which is not there"),
            new Quarantined("set/labels.csv:6", "names no class"));
  }

  @Test
  void namesOfColumnsThatOthersUseAreKnown() throws IOException {
    write("1.png", png(1));
    write("metadata.jsonl", "{\"file_name\": \"1.png\", \"label\": 4}\n");
    assertThat(found(list(PictureLayout.IMAGE_TABLE, Map.of()))).containsExactly("1.png 4");
  }

  @Test
  void aListOfDomainNetNamesItsClassesByTheirFolders() throws IOException {
    write("sketch/cat/1.png", png(1));
    write("sketch/sea turtle/2.png", png(2));
    write(
        "sketch_train.txt",
        "sketch/cat/1.png 0\nsketch/sea turtle/2.png 1\nsketch/dog/3.png 0\nnothing\n");
    PictureListing listing = list(PictureLayout.IMAGE_TABLE, Map.of());
    assertThat(found(listing))
        .containsExactly("sketch/cat/1.png cat", "sketch/sea turtle/2.png sea turtle");
    assertThat(listing.misplaced())
        .containsExactly(
            new Quarantined("sketch_train.txt:3", "label 0 is both 'cat' and 'dog'"),
            new Quarantined("sketch_train.txt:4", "not PATH LABEL"));
  }

  @Test
  void aLineOfAListThatIsNotUtf8OrTooLongIsLeftOutByItsNumber() throws IOException {
    write("1.png", png(1));
    write("2.png", png(2));
    write(
        "list.txt",
        "1.png caf\u00e8\n2.png caf\u00e9\n%s cat\r\n1.png cat\r\n".formatted("x".repeat(1 << 16)));
    PictureListing listing = list(PictureLayout.IMAGE_TABLE, Map.of());
    assertThat(found(listing)).containsExactly("1.png cat");
    assertThat(listing.misplaced())
        .containsExactly(
            new Quarantined("list.txt:1", "not UTF-8"),
            new Quarantined("list.txt:2", "not UTF-8"),
            new Quarantined("list.txt:3", "longer than 65,536 bytes"));
  }

  @Test
  void aRowIsToldByItsPlaceAlsoWhereItHasAnId() throws IOException {
    write("1.png", png(1));
    write("a.csv", "id,file,class\nx,1.png,cat\ny,1.png,cat\nz,2.png,cat\nw,,cat\n");
    assertThat(list(PictureLayout.IMAGE_TABLE, Map.of()).misplaced())
        .containsExactly(
            new Quarantined("a.csv:3", "names '1.png', as a.csv:2 does"),
            new Quarantined("a.csv:4", "names '2.png', which is not there"),
            new Quarantined("a.csv:5", "names no file"));
  }

  @Test
  void noTableOrSeveralAreRefused() throws IOException {
    write("1.png", png(1));
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(PictureLayout.IMAGE_TABLE, Map.of()))
        .withMessageContaining("0 files could be the table: leave one");
    write("a.csv", "file,class\n1.png,cat\n");
    write("b.csv", "file,class\n1.png,cat\n");
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(PictureLayout.IMAGE_TABLE, Map.of()))
        .withMessageContaining("2 files could be the table, [a.csv, b.csv]");
  }

  @Test
  void aTableThatNamesNothingSaysWhatIsExpected() throws IOException {
    write("1.png", png(1));
    write("a.csv", "url,class\n1.png,cat\n");
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(PictureLayout.IMAGE_TABLE, Map.of()))
        .withMessageContaining(
            "a.csv:2 (names no file: of its columns url, class name one by --column file=COLUMN)")
        .withMessageContaining("--column file=COLUMN");
  }

  @Test
  void picturesThatDoNotLieByClassAreTakenForWhatLiesBesideThem() throws IOException {
    write("photo/dog/1.jpg", "x");
    write("photo_test.txt", "photo/dog/1.jpg 0");
    assertRefused("if 'photo_test.txt' names their classes", "`--format image_table`");
    write("photo/dog/1.txt", "a dog");
    assertRefused("`--format webdataset`, for 'photo/dog/1.txt' lies beside its picture");
  }

  private void assertRefused(String... told) {
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> list(PictureLayout.IMAGE_FOLDER, Map.of()))
        .satisfies(refused -> assertThat(refused.getMessage()).contains(told));
  }

  private PictureListing list(PictureLayout layout, Map<String, String> columns)
      throws IOException {
    try (FileTree tree = FileTree.open(source, scratch)) {
      return layout.list(tree, new Columns(columns));
    }
  }

  private static List<String> found(PictureListing listing) {
    return listing.pictures().stream()
        .map(each -> each.file().path() + " " + listing.classes().get(each.label()))
        .toList();
  }

  private static String png(int number) {
    return new String(TestPictures.png(number), StandardCharsets.ISO_8859_1);
  }

  private void write(String path, String bytes) throws IOException {
    TestPictures.write(source, path, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void tar(String name, Map<String, String> files) throws IOException {
    try (OutputStream file = Files.newOutputStream(source.resolve(name));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(file)) {
      for (Map.Entry<String, String> each : files.entrySet()) {
        byte[] bytes = each.getValue().getBytes(StandardCharsets.ISO_8859_1);
        TarArchiveEntry entry = new TarArchiveEntry(each.getKey());
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }
}
