package dev.kedge.store;

import java.util.List;

/**
 * What lies directly in a folder of an object store.
 *
 * @param objects its objects, in the order of their keys
 * @param folders the prefixes of the folders in it, each with {@code /} at its end
 */
public record FolderContents(List<ObjectInfo> objects, List<String> folders) {
  public FolderContents {
    objects = List.copyOf(objects);
    folders = List.copyOf(folders);
  }
}
