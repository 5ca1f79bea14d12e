package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlobStoreTest extends StoreContract {
  private static final int MIB = 1 << 20;

  /** More than the heap these tests are given. */
  private static final int LARGER_THAN_THE_HEAP = 200;

  @Test
  void aFileComesBackAsItWas() throws Exception {
    Path file = Files.write(temp.resolve("file"), random(20 * MIB + 17));
    Blob blob = project.blobs().put(file);
    Path back = temp.resolve("back");
    project.blobs().download(blob, back);
    assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    assertThat(blob).isEqualTo(new Blob(Digest.of(file), 20 * MIB + 17));
  }

  @Test
  void theNameIsTheDigestHoweverTheBytesArrive() throws Exception {
    byte[] content = random(1000);
    Path file = Files.write(temp.resolve("file"), content);
    Blob expected = new Blob(Digest.of(content), 1000);
    assertThat(project.blobs().put(content)).isEqualTo(expected);
    assertThat(project.blobs().put(file)).isEqualTo(expected);
    assertThat(project.blobs().write(1000, out -> out.write(content))).isEqualTo(expected);
    assertThat(project.blobs().read(expected)).isEqualTo(content);
  }

  @Test
  void anEmptyBlobIsABlob() throws Exception {
    Blob blob = project.blobs().write(0, out -> {});
    Path back = temp.resolve("back");
    project.blobs().download(blob, back);
    assertThat(back).isEmptyFile();
    assertThat(project.blobs().contains(blob)).isTrue();
  }

  @Test
  void anOldBlobIsWrittenAgainSinceItMayBeAboutToGo() throws Exception {
    BlobStore later =
        new BlobStore(
            objects,
            "projects/" + projectName + "/blobs/",
            () -> Instant.now().plus(BlobStore.FRESH).plusSeconds(60));
    List<BlobWriting> ways =
        List.of(
            later::put,
            content -> later.put(Files.write(temp.resolve("old"), content)),
            content -> later.write(content.length, out -> out.write(content)));
    for (BlobWriting way : ways) {
      Blob blob = project.blobs().put(bytes("old"));
      spoil(keyEnding(blob.digest().hex()));
      way.write(bytes("old"));
      assertThat(project.blobs().read(blob)).isEqualTo(bytes("old"));
    }
  }

  /** A way to store bytes. */
  private interface BlobWriting {
    void write(byte[] content) throws IOException;
  }

  @Test
  void aBlobThatIsThereIsNotSentAgain() {
    Blob blob = project.blobs().put(bytes("once"));
    // If it were sent again, the spoilt bytes would be mended.
    spoil(keyEnding(blob.digest().hex()));
    project.blobs().put(bytes("once"));
    assertThatThrownBy(() -> project.blobs().read(blob)).isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void aFlippedBitIsFoundAndNoFileIsLeft() throws Exception {
    Blob blob = project.blobs().put(Files.write(temp.resolve("file"), random(9 * MIB)));
    String key = keyEnding(blob.digest().hex());
    spoil(key);
    Path back = temp.resolve("back");
    assertThatThrownBy(() -> project.blobs().download(blob, back))
        .isInstanceOf(StoreException.Corrupt.class)
        .hasMessageContaining(key)
        .hasMessageContaining(blob.digest().toString());
    assertThat(back).doesNotExist();
  }

  @Test
  void aSpoiltBlobIsPutAsideAndCanBeStoredAgain() throws Exception {
    Path file = Files.write(temp.resolve("file"), random(9 * MIB));
    Blob blob = project.blobs().put(file);
    spoil(keyEnding(blob.digest().hex()));
    assertThatThrownBy(() -> project.blobs().download(blob, temp.resolve("spoilt")))
        .hasMessageContaining(
            "put aside as projects/%s/blobs/spoilt/%s", projectName, blob.digest().hex());

    assertThat(project.blobs().contains(blob)).isFalse();
    assertThat(project.blobs().putAside(blob)).get().asString().endsWith(blob.digest().hex());
    project.blobs().put(file);
    Path back = temp.resolve("back");
    project.blobs().download(blob, back);
    assertThat(back).hasSameBinaryContentAs(file);
  }

  @Test
  void aBlobThatWasCutShortIsNotThere() {
    Blob blob = project.blobs().put(bytes("the whole of it"));
    objects.put(keyEnding(blob.digest().hex()), bytes("half"), Condition.ALWAYS);
    assertThat(project.blobs().contains(blob)).isFalse();
    assertThatThrownBy(() -> project.blobs().download(blob, temp.resolve("back")))
        .isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void aMissingBlobIsNotFound() {
    Blob blob = new Blob(Digest.of(bytes("never")), 5);
    assertThat(project.blobs().contains(blob)).isFalse();
    assertThat(project.blobs().putAside(blob)).isEmpty();
    assertThatThrownBy(() -> project.blobs().download(blob, temp.resolve("back")))
        .isInstanceOf(StoreException.NotFound.class);
  }

  @Test
  void aWriterThatFailsLeavesNothing() throws Exception {
    BlobWriter failing =
        out -> {
          out.write(1);
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> project.blobs().write(1 << 20, failing))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("disk full");
    assertThat(objects.list("projects/" + projectName + "/", "", 10)).isEmpty();
  }

  @Test
  void whatAKilledWriterLeftGoesADayLaterAndNothingThatIsUnderWay() {
    String prefix = "projects/" + projectName + "/blobs/";
    objects.put(prefix + "arriving/left", bytes("orphan"), Condition.ALWAYS);
    Instant written = objects.head(prefix + "arriving/left").orElseThrow().written();

    new BlobStore(objects, prefix, () -> written.plus(Duration.ofHours(23)))
        .write(1, out -> out.write(1));
    assertThat(arriving(prefix)).containsExactly(prefix + "arriving/left");

    Blob blob =
        new BlobStore(objects, prefix, () -> written.plus(Duration.ofHours(25)))
            .write(2, out -> out.write(bytes("ab")));
    assertThat(arriving(prefix)).isEmpty();
    assertThat(project.blobs().contains(blob)).isTrue();
  }

  private List<String> arriving(String prefix) {
    return objects.list(prefix + "arriving/", "", 10).stream().map(ObjectInfo::key).toList();
  }

  @Test
  void aStoreThatIsLostWhileABlobIsMadeIsTheFaultThatIsTold() {
    var unreliable = new UnreliableStore(objects);
    unreliable.now(UnreliableStore.Fault.UNREACHABLE);
    assertThatThrownBy(
            () -> new StreamingUpload(unreliable, "key", MIB << 7).of(BlobStoreTest::writeMany))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessage("the cable is cut");
  }

  @Test
  void partsAreReadAndWhatWasReadIsCheckedAtTheEnd() throws Exception {
    Blob blob = project.blobs().put(bytes("part by part"));
    try (InputStream part = project.blobs().open(blob, 5, 2)) {
      assertThat(part.readAllBytes()).isEqualTo(bytes("by"));
    }
    project.blobs().requireSound(blob, Digest.of(bytes("part by part")));
    assertThatThrownBy(() -> project.blobs().requireSound(blob, Digest.of(bytes("other"))))
        .isInstanceOf(StoreException.Corrupt.class);
    assertThat(project.blobs().contains(blob)).isTrue();
  }

  @Test
  void aBlobLargerThanTheHeapGoesThroughBoundedMemory() throws Exception {
    long size = (long) LARGER_THAN_THE_HEAP * MIB;
    assertThat(Runtime.getRuntime().maxMemory()).isLessThan(size);
    Blob blob = project.blobs().write(size, BlobStoreTest::writeMany);
    assertThat(blob.size()).isEqualTo(size);
    Path back = temp.resolve("back");
    project.blobs().download(blob, back);
    assertThat(Digest.of(back)).isEqualTo(blob.digest());
  }

  private static void writeMany(OutputStream out) throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[MIB];
    for (int i = 0; i < LARGER_THAN_THE_HEAP; i++) {
      random.nextBytes(block);
      out.write(block);
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
