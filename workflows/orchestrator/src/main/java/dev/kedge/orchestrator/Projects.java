package dev.kedge.orchestrator;

import dev.kedge.store.BlobCache;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** All projects of the store. */
@Singleton
public class Projects {
  private static final String ROOT = "projects/";

  private final ObjectStore objects;
  private final BlobCache cache;

  /** The projects of a store. */
  public Projects(ObjectStore objects, BlobCache cache) {
    this.objects = objects;
    this.cache = cache;
  }

  /** One project; nothing is made by asking. */
  public ProjectStore open(String project) {
    return new ProjectStore(objects, project, cache);
  }

  /** Ids of the projects that hold anything, in order: one request for each. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    List<ObjectInfo> next = objects.list(ROOT, "", 1);
    while (!next.isEmpty()) {
      String key = next.get(0).key();
      String name = key.substring(ROOT.length(), key.indexOf('/', ROOT.length()));
      names.add(name);
      // '0' follows '/': the first key that is not under this project.
      next = objects.list(ROOT, ROOT + name + "0", 1);
    }
    return names;
  }
}
