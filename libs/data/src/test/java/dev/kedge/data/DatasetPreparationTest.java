package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPreparationTest {
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path source;
  @TempDir private Path target;
  @TempDir private Path scratch;

  @Test
  void everyPictureComesBackByteForByteWithItsClass() throws IOException {
    pictures("dog", 3);
    pictures("cat", 2);
    PreparedDataset dataset = prepared(0);
    assertThat(dataset.classes()).containsExactly("cat", "dog");
    assertThat(dataset.manifest().counts()).containsExactly(2, 3);
    for (IndexedSample sample : dataset.samples()) {
      int position = dataset.samples().indexOf(sample);
      byte[] original = Files.readAllBytes(source.resolve(sample.source()));
      assertThat(dataset.picture(position)).isEqualTo(original);
      assertThat(sample.source()).startsWith(dataset.classes().get(sample.label()));
      assertThat(sample.digest()).isEqualTo(Digests.hex(original));
    }
  }

  @Test
  void brokenFilesGoIntoQuarantineWithTheirReason() throws IOException {
    pictures("dog", 9);
    TestPictures.write(source, "dog/notes.jpg", TEXT);
    assertThat(prepared(0.1).manifest().quarantine())
        .containsExactly(new Quarantined("dog/notes.jpg", "no JPEG, PNG, WebP or GIF file"));
  }

  @Test
  void aFifoIsLeftOutAsTheOthersAre() throws Exception {
    pictures("dog", 9);
    String pipe = source.resolve("dog/pipe.jpg").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    assertThat(prepared(0.1).manifest().quarantine())
        .containsExactly(new Quarantined("dog/pipe.jpg", "a FIFO, a socket or a device, no file"));
  }

  @Test
  void tooManyBrokenFilesFailAndTheFirstAreNamed() throws IOException {
    pictures("dog", 8);
    TestPictures.write(source, "dog/a.jpg", TEXT);
    TestPictures.write(source, "README", TEXT);
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> prepared(0.1))
        .withMessageContaining("2 of 10 files are unusable")
        .withMessageContaining("README (not at CLASS/NAME)")
        .withMessageContaining("dog/a.jpg (no JPEG, PNG, WebP or GIF file)");
  }

  @Test
  void aClassWithoutAnyReadablePictureFailsByName() throws IOException {
    pictures("dog", 9);
    TestPictures.write(source, "bobcat/a.jpg", TEXT);
    pictures("bobcat", 1);
    TestPictures.write(source, "cat/a.jpg", TEXT);
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> prepared(0.5))
        .withMessageStartingWith("class 'cat' has no readable picture left: cat/a.jpg (no JPEG")
        .withMessageEndingWith("file). Repair one, or leave the class out of the data");
  }

  @Test
  void aClassOfATableWithoutAnyReadablePictureFailsByThesePictures() throws IOException {
    TestPictures.write(source, "1.png", TestPictures.png(1));
    for (int i = 2; i < 6; i++) {
      TestPictures.write(source, i + ".png", TEXT);
    }
    String table = "file,class\n1.png,dog\n2.png,cat\n3.png,cat\n4.png,cat\n5.png,cat\n";
    TestPictures.write(source, "a.csv", table.getBytes(StandardCharsets.UTF_8));
    try (FileTree tree = FileTree.open(source, scratch)) {
      PictureListing listing = PictureLayout.IMAGE_TABLE.list(tree, Columns.AS_THEY_ARE);
      assertThatExceptionOfType(UnusableDatasetException.class)
          .isThrownBy(
              () ->
                  new DatasetPreparation(0.9)
                      .prepare(tree, listing, target, FinishedParts.NONE, (done, total, bad) -> {}))
          .withMessageContaining("class 'cat' has no readable picture left: 2.png (no JPEG")
          .withMessageContaining("4.png (no JPEG, PNG, WebP or GIF file), …. Repair one");
    }
  }

  @Test
  void aFolderWithoutClassesFailsAndSaysWhatIsExpected() throws IOException {
    TestPictures.write(source, "a.png", TestPictures.png(1));
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> prepared(0))
        .withMessageContaining("no file lies as CLASS/NAME.jpg among 1 files, for example 'a.png'");
  }

  @Test
  void foldersAroundTheClassesDoNotCountNorDoesLitter() throws IOException {
    pictures("pacs/photo/dog", 2);
    pictures("pacs/photo/cat", 1);
    TestPictures.write(source, "pacs/photo/dog/.DS_Store", TEXT);
    TestPictures.write(source, "pacs/photo/dog/._000.png", TEXT);
    assertThat(prepared(0).classes()).containsExactly("cat", "dog");
  }

  @Test
  void shardsAreBoundedAndHoldWhatWebDatasetExpects() throws IOException {
    pictures("dog", 5);
    DatasetManifest manifest;
    try (FileTree tree = FileTree.open(source, scratch)) {
      manifest =
          new DatasetPreparation(new PictureDecoder(), 0, 6000)
              .prepare(tree, target, (done, total, quarantined) -> {});
    }
    assertThat(manifest.shards()).extracting(Shard::samples).containsExactly(2, 2, 1);
    for (Shard shard : manifest.shards()) {
      assertThat(target.resolve(shard.name())).hasSize(shard.bytes());
      assertThat(shard.bytes()).isLessThanOrEqualTo(6000);
    }
    try (TarFile tar = new TarFile(target.resolve("000001.tar"))) {
      assertThat(tar.getEntries())
          .extracting(TarArchiveEntry::getName)
          .containsExactly("000000002.png", "000000002.cls", "000000003.png", "000000003.cls");
      byte[] label = tar.getInputStream(tar.getEntries().get(1)).readAllBytes();
      assertThat(label).asString().isEqualTo("0");
    }
    assertThat(PreparedDataset.open(target).picture(4)).isEqualTo(TestPictures.png(4));
  }

  @Test
  void theSameDataGivesTheSameBytes() throws IOException {
    pictures("dog", 3);
    prepared(0);
    byte[] first = Files.readAllBytes(target.resolve("000000.tar"));
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0).prepare(tree, scratch, (done, total, quarantined) -> {});
    }
    assertThat(scratch.resolve("000000.tar")).hasBinaryContent(first);
    assertThat(scratch.resolve("manifest.json"))
        .hasSameBinaryContentAs(target.resolve("manifest.json"));
  }

  @Test
  void sharesPutTogetherAreWhatOnePreparationMakes() throws IOException {
    pictures("dog", 9);
    pictures("cat", 8);
    TestPictures.write(source, "dog/notes.jpg", TEXT);
    TestPictures.write(source, "README", TEXT);
    DatasetPreparation how = new DatasetPreparation(new PictureDecoder(), 0.2, 6000);
    try (FileTree tree = FileTree.open(source, scratch)) {
      how.prepare(tree, target, (done, total, quarantined) -> {});
      for (int count : new int[] {1, 2, 5, 30}) {
        List<Path> shares = new ArrayList<>();
        int records = 0;
        int leftOut = 0;
        for (int i = 0; i < count; i++) {
          Path share = scratch.resolve("%d-of-%d".formatted(i, count));
          Examined examined =
              how.prepareShare(
                  tree,
                  ImageFolder.of(tree),
                  new Share(i, count),
                  share,
                  FinishedParts.NONE,
                  (done, total, bad) -> {});
          records += examined.records();
          leftOut += examined.leftOut();
          shares.add(share);
        }
        Path merged = scratch.resolve("merged-" + count);
        how.merge(shares, merged, (steps, all) -> {});
        assertThat(records).as("the records of %d shares", count).isEqualTo(19);
        assertThat(leftOut).as("left out of %d shares", count).isEqualTo(2);
        assertThat(Folders.digests(merged))
            .as("%d shares", count)
            .isEqualTo(Folders.digests(target));
      }
    }
  }

  @Test
  void aShareGoesOnFromPartsThatAnyStageFinished() throws IOException {
    pictures("dog", 9);
    DatasetPreparation how = new DatasetPreparation(new PictureDecoder(), 0, 6000);
    var kept = new Folders.KeptParts(scratch);
    List<Integer> done = new ArrayList<>();
    try (FileTree tree = FileTree.open(source, scratch)) {
      PictureListing listing = ImageFolder.of(tree);
      how.prepare(tree, listing, target, kept, (examined, total, bad) -> {});
      how.prepareShare(
          tree,
          listing,
          new Share(0, 2),
          scratch.resolve("share"),
          kept,
          (examined, total, bad) -> done.add(examined * total));
    }
    assertThat(done).as("two of five shards, each told of once").containsExactly(8, 16);
  }

  @Test
  void progressReachesTheTotal() throws IOException {
    pictures("dog", 3);
    List<Integer> seen = new ArrayList<>();
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(0).prepare(tree, target, (done, total, bad) -> seen.add(done * total));
    }
    assertThat(seen).containsExactly(3, 6, 9);
  }

  @Test
  void aShortenedShardIsNoticedWhenOpened() throws IOException {
    pictures("dog", 2);
    prepared(0);
    byte[] shard = Files.readAllBytes(target.resolve("000000.tar"));
    Files.write(target.resolve("000000.tar"), Arrays.copyOf(shard, shard.length - 512));
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> PreparedDataset.open(target))
        .withMessageContaining("shard '000000.tar' has");
  }

  @Test
  void anIndexThatPointsOutsideIsRefused() throws IOException {
    pictures("dog", 1);
    prepared(0);
    Path index = target.resolve("index.jsonl");
    Files.writeString(index, Files.readString(index).replace("\"label\":0", "\"label\":7"));
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> PreparedDataset.open(target))
        .withMessageContaining("points outside");
  }

  @Test
  void pacsIsPreparedWithoutALoss() throws IOException {
    Path tar = Path.of(System.getProperty("kedge.shared", "."), "data/pacs/test/photo.tar");
    assumeTrue(Files.exists(tar), "skipped: the PACS pictures are not on this machine");
    try (FileTree tree = FileTree.open(tar, scratch)) {
      DatasetManifest manifest =
          new DatasetPreparation(0).prepare(tree, target, (done, total, quarantined) -> {});
      assertThat(manifest.samples()).isEqualTo(337);
      assertThat(manifest.classes())
          .containsExactly("dog", "elephant", "giraffe", "guitar", "horse", "house", "person");
    }
  }

  private void pictures(String folder, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      TestPictures.write(source, "%s/%03d.png".formatted(folder, i), TestPictures.png(i));
    }
  }

  private PreparedDataset prepared(double maxQuarantinedFraction) throws IOException {
    try (FileTree tree = FileTree.open(source, scratch)) {
      new DatasetPreparation(maxQuarantinedFraction)
          .prepare(tree, target, (done, total, quarantined) -> {});
    }
    return PreparedDataset.open(target);
  }
}
