package dev.kedge.store.garbage;

import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.util.List;
import java.util.Map;

/** All that one record names, directly or through what it names. */
public final class RecordContents {
  private RecordContents() {}

  /**
   * Its objects: of stages all, of which some may be of the moment, such as leases.
   *
   * @param root where the project lies, ends with {@code /}
   * @param path of the record, within the project and without its ending
   */
  public static List<ObjectInfo> of(ObjectStore objects, String root, String path) {
    GarbageCollection.Watcher nobody = (doing, done) -> {};
    Inventory inventory = Inventory.of(objects, root, nobody);
    Reachability reachability = new Reachability(objects, root, inventory, nobody);
    reachability.follow(Map.of(root + path + ".json", "the only one"));
    return reachability.things().stream()
        .flatMap(thing -> Listing.of(objects, root + thing.place()))
        .toList();
  }
}
