package dev.kedge.store.garbage;

import dev.kedge.store.ObjectStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The records that keep what they name: all of a project but those that are listed here. */
final class RecordVersions {
  /** What names an answer once given, not what must stay: of an import, of a launch. */
  private static final Set<String> NO_ROOTS = Set.of("operations/", "requests/");

  private RecordVersions() {}

  /** ETags by key. */
  static Map<String, String> of(ObjectStore objects, String root) {
    Map<String, String> versions = new TreeMap<>();
    for (String folder : collections(objects, root)) {
      Listing.of(objects, folder).forEach(object -> versions.put(object.key(), object.etag()));
    }
    return versions;
  }

  private static List<String> collections(ObjectStore objects, String root) {
    return objects.folder(root).folders().stream()
        .filter(folder -> !Inventory.FOLDERS.contains(folder.substring(root.length())))
        .filter(folder -> !NO_ROOTS.contains(folder.substring(root.length())))
        .toList();
  }
}
