package dev.kedge.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.store.Blob;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Condition;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import dev.kedge.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredStreamTest {
  private static final String TEXT = "twelve bytes";

  @TempDir static Path disk;
  private static EmbeddedS3 s3;
  private static ObjectStore objects;
  private static ProjectStore project;

  @BeforeAll
  static void aStore() {
    s3 = EmbeddedS3.start(disk.resolve("s3"));
    objects = ObjectStore.open(s3.access("kedge", S3Settings::of));
    project = new ProjectStore(objects, "default", new BlobCache(disk.resolve("cache"), 1 << 20));
  }

  @AfterAll
  static void close() {
    objects.close();
    s3.close();
  }

  @Test
  void blocksFollowOneAnotherToTheEnd() throws IOException {
    for (int block : new int[] {1, 5, 12, 100}) {
      StoredStream stream = stream(project.blobs().put(TEXT.getBytes(UTF_8)), block);

      assertThat(stream.read()).isEqualTo('t');
      assertThat(new String(stream.readAllBytes(), UTF_8)).isEqualTo("welve bytes");
      assertThat(stream.read()).isEqualTo(-1);
      assertThat(stream.readNBytes(3)).isEmpty();
    }
  }

  @Test
  void anEmptyFileEndsAtOnce() throws IOException {
    assertThat(stream(new Blob(Digest.of(new byte[0]), 0), 4).readAllBytes()).isEmpty();
  }

  @Test
  void whatIsSpoiltIsFoundBeforeItsEndIsGivenOut() throws IOException {
    Blob blob = project.blobs().put("spoilt later".getBytes(UTF_8));
    spoil(blob);
    StoredStream stream = stream(blob, 5);

    assertThat(new String(stream.readNBytes(10), UTF_8)).isEqualTo("Spoilt lat");
    assertThatThrownBy(stream::read).isInstanceOf(StoreException.Corrupt.class);
  }

  @Test
  void whoGaveUpReadingCanStillAskWhetherItIsSound() throws IOException {
    StoredStream sound = stream(project.blobs().put("sound".getBytes(UTF_8)), 2);
    sound.read();
    sound.requireSound();
    assertThat(sound.read()).isEqualTo(-1);

    Blob blob = project.blobs().put("spoilt, and found later".getBytes(UTF_8));
    spoil(blob);
    StoredStream spoilt = stream(blob, 5);
    spoilt.read();
    assertThatThrownBy(spoilt::requireSound).isInstanceOf(StoreException.Corrupt.class);
  }

  private static StoredStream stream(Blob blob, int blockBytes) {
    var patience = new Patience(Duration.ZERO, new StopSignal(), line -> {});
    return new StoredStream(new ProjectFiles(project, patience), blob, blockBytes);
  }

  /** The first letter is another. */
  private static void spoil(Blob blob) {
    String hex = blob.digest().hex();
    String key = "projects/default/blobs/sha256/" + hex.substring(0, 2) + "/" + hex;
    byte[] bytes = objects.get(key).bytes();
    bytes[0] ^= 'a' ^ 'A';
    objects.put(key, bytes, Condition.ALWAYS);
  }
}
