package dev.kedge.orchestrator;

import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.RecordCopies;
import jakarta.inject.Singleton;
import java.util.List;

/** All projects of the store. */
@Singleton
public class Projects {
  private final ObjectStore objects;
  private final BlobCache cache;
  private final RecordCopies copies = new RecordCopies();

  /** The projects of a store. */
  public Projects(ObjectStore objects, BlobCache cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /** One project; nothing is made by asking. */
  public ProjectStore open(String project) {
    return new ProjectStore(objects, project, cache, copies);
  }

  /** Ids of the projects that hold anything, in order: one request for each. */
  public List<String> names() {
    return ProjectStore.names(objects);
  }
}
