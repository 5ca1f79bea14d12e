package dev.kedge.gateway;

import dev.kedge.gateway.name.ProjectName;
import dev.kedge.process.S3Config;
import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.RecordCopies;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The projects of the store. A project is there as soon as something is put into it. */
@ApplicationScoped
public class Projects {
  private final S3Config config;
  private final ObjectStore objects;
  private final BlobCache cache;
  private final RecordCopies copies = new RecordCopies();

  @Inject
  Projects(S3Config config, ObjectStore objects, BlobCache cache) {
    this.config = config;
    this.objects = objects;
    this.cache = cache;
  }

  /** Whether anything was ever put into a project. */
  public boolean isThere(ProjectName project) {
    return !objects.list(project + "/", "", 1).isEmpty();
  }

  /** Ids of the projects into which anything was put, in order. */
  public List<String> names() {
    return ProjectStore.names(objects);
  }

  /** All that a project keeps. */
  public ProjectStore store(ProjectName project) {
    return store(project.project());
  }

  /** All that a project keeps. */
  public ProjectStore store(String project) {
    return new ProjectStore(objects, project, cache, copies);
  }

  /** What lies in the bucket, whoever put it there. */
  public ObjectStore objects() {
    return objects;
  }

  /** The bucket's name. */
  public String bucket() {
    return config.bucket();
  }
}
