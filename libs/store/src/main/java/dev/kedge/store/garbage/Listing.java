package dev.kedge.store.garbage;

import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.util.List;
import java.util.stream.Stream;

/** All objects under a prefix, page by page. */
final class Listing {
  private static final int PAGE = 1000;

  private Listing() {}

  static Stream<ObjectInfo> of(ObjectStore objects, String prefix) {
    return Stream.iterate(
            objects.list(prefix, "", PAGE),
            page -> !page.isEmpty(),
            page ->
                page.size() < PAGE
                    ? List.of()
                    : objects.list(prefix, page.get(PAGE - 1).key(), PAGE))
        .flatMap(List::stream);
  }
}
