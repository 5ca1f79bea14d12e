package dev.kedge.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The fields that every record seen has. */
final class CommonFields {
  private Set<String> names;

  void see(ObjectNode fields) {
    if (names == null) {
      names = new TreeSet<>();
      fields.fieldNames().forEachRemaining(names::add);
    } else {
      names.removeIf(name -> !fields.has(name));
    }
  }

  void see(Collection<String> fields) {
    if (names == null) {
      names = new TreeSet<>(fields);
    } else {
      names.retainAll(fields);
    }
  }

  List<String> sorted() {
    return names == null ? List.of() : List.copyOf(names);
  }
}
