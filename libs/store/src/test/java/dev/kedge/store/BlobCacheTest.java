package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobCacheTest extends StoreContract {
  private Blob blob;

  @BeforeEach
  void putBlob() {
    blob = project.blobs().put(bytes("ten bytes."));
  }

  @Test
  void theSecondUseNeedsNoStore() throws Exception {
    BlobCache cache = cache("node");
    linked(cache, blob, "first");
    project.blobs().delete(blob);
    assertThat(linked(cache, blob, "second")).hasContent("ten bytes.");
  }

  @Test
  void copiesOutliveTheProcess() throws Exception {
    linked(cache("node"), blob, "first");
    project.blobs().delete(blob);
    assertThat(linked(cache("node"), blob, "second")).hasContent("ten bytes.");
  }

  @Test
  void aCopySpoiltOnDiskIsFetchedAnewAtTheNextProcessesFirstUse() throws Exception {
    linked(cache("node"), blob, "first");
    Path copy = copyOf(blob);
    Files.delete(copy);
    Files.writeString(copy, "ten bytes!");
    assertThat(linked(cache("node"), blob, "second")).hasContent("ten bytes.");
    assertThat(copy).hasContent("ten bytes.");
  }

  @Test
  void aCopyThatIsWrittenToLaterIsFetchedAnew() throws Exception {
    BlobCache cache = cache("node");
    linked(cache, blob, "first");
    Files.delete(copyOf(blob));
    Files.writeString(copyOf(blob), "ten bytes!");
    assertThat(linked(cache, blob, "second")).hasContent("ten bytes.");
  }

  @Test
  void aSpoiltObjectIsNeverHandedOut() {
    spoil(keyEnding(blob.digest().hex()));
    assertThatThrownBy(() -> linked(cache("node"), blob, "file"))
        .isInstanceOf(StoreException.Corrupt.class);
    assertThat(temp.resolve("file")).doesNotExist();
    assertThat(copyOf(blob)).doesNotExist();
  }

  @Test
  void theLeastRecentlyUsedCopyGoesFirstAndItsUsersKeepTheirs() throws Exception {
    BlobCache cache = new BlobCache(temp.resolve("node"), 25);
    Blob second = project.blobs().put(bytes("ten more.."));
    Blob third = project.blobs().put(bytes("yet more.."));
    linked(cache, blob, "a");
    Path user = linked(cache, second, "b");
    linked(cache, blob, "a again");
    linked(cache, third, "c");
    assertThat(copyOf(second)).doesNotExist();
    assertThat(copyOf(blob)).exists();
    assertThat(copyOf(third)).exists();
    assertThat(user).hasContent("ten more..");
  }

  @Test
  void aBlobLargerThanTheLimitIsStillHandedOut() throws Exception {
    assertThat(linked(new BlobCache(temp.resolve("node"), 1), blob, "file")).exists();
  }

  @Test
  void manyThreadsGetTheSameBlobAtOnce() throws Exception {
    BlobCache cache = new BlobCache(temp.resolve("node"), 15);
    Blob other = project.blobs().put(bytes("ten more.."));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Path>> uses = new ArrayList<>();
    for (int use = 0; use < 64; use++) {
      Blob wanted = use % 2 == 0 ? blob : other;
      String name = "use" + use;
      uses.add(() -> linked(cache, wanted, name));
    }
    for (Future<Path> use : threads.invokeAll(uses)) {
      assertThat(use.get()).hasSize(10);
    }
    threads.shutdown();
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws Exception {
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    Path left = temp.resolve("node/scratch/process-" + killed.pid() + "/view1/weights");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half");
    cache("node");
    assertThat(temp.resolve("node/scratch/process-" + killed.pid())).doesNotExist();
  }

  private Path linked(BlobCache cache, Blob wanted, String name) throws IOException {
    Path target = temp.resolve(name);
    cache.link(wanted, project.blobs(), target);
    return target;
  }

  private Path copyOf(Blob wanted) {
    return temp.resolve("node/blobs").resolve(wanted.digest().hex());
  }
}
