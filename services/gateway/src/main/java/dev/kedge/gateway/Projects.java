package dev.kedge.gateway;

import dev.kedge.gateway.name.ProjectName;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;

/**
 * The projects of the object store that the configuration names. A project is there as soon as
 * something is put into it.
 */
@ApplicationScoped
public class Projects {
  private final S3Settings settings;
  private final ObjectStore objects;
  private final BlobCache cache;

  /** Connects; a store that ignores conditional writes is refused. */
  @Inject
  Projects(StoreConfig config) {
    this.settings =
        new S3Settings(
            config.endpoint(),
            config.bucket(),
            config.accessKey(),
            config.secretKey(),
            config.region());
    this.objects = ObjectStore.open(settings);
    // A folder of its own: in one process with stage services, theirs lies beside it.
    Path copies =
        config
            .cacheDirectory()
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "kedge-gateway"))
            .resolve("gateway");
    this.cache = new BlobCache(copies, config.cacheSize().asLongValue());
  }

  /** All that a project keeps. */
  public ProjectStore store(ProjectName project) {
    return store(project.project());
  }

  /** All that a project keeps. */
  public ProjectStore store(String project) {
    return new ProjectStore(objects, project, cache);
  }

  /** What lies in the bucket, whoever put it there. */
  public ObjectStore objects() {
    return objects;
  }

  /** The bucket's name. */
  public String bucket() {
    return settings.bucket();
  }

  @PreDestroy
  void close() {
    objects.close();
  }
}
