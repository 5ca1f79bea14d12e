package dev.kedge.stage;

import dev.kedge.embedded.EmbeddedS3;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** The object store that a tested process is configured with. */
public final class EmbeddedStore implements QuarkusTestResourceLifecycleManager {
  private Path folder;
  private EmbeddedS3 s3;

  @Override
  public Map<String, String> start() {
    folder = Folders.fresh(Path.of(System.getProperty("java.io.tmpdir")), "kedge-test-");
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    return Map.of(
        "kedge.s3.endpoint", s3.endpoint().toString(),
        "kedge.s3.access-key", s3.credentials().accessKey(),
        "kedge.s3.secret-key", s3.credentials().secretKey(),
        "kedge.s3.cache-directory", folder.resolve("cache").toString(),
        "kedge.stage.scratch", folder.resolve("scratch").toString());
  }

  @Override
  public void stop() {
    s3.close();
    Folders.delete(folder);
  }
}
