package dev.kedge.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.embedded.EmbeddedS3;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCrossedByWritesTest {
  private static final int LISTS = 1500;

  @TempDir Path directory;

  @Test
  void aListIsAnsweredWhileObjectsComeAndAreReplaced() {
    try (EmbeddedS3 s3 = EmbeddedS3.start(directory);
        ObjectStore objects = ObjectStore.open(s3.access("kedge", S3Settings::of))) {
      objects.put("events/0", new byte[1], Condition.ALWAYS);
      var done = new AtomicBoolean();
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; !done.get(); i++) {
                  objects.put("events/" + i % 20, new byte[100], Condition.ALWAYS);
                }
              });
      for (int i = 0; i < LISTS; i++) {
        assertThat(objects.list("events/", "", 100)).isNotEmpty();
      }
      done.set(true);
      writer.join();
    }
  }
}
