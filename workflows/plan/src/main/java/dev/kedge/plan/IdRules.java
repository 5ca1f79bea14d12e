package dev.kedge.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ids are well-formed and unique in their list. */
final class IdRules {
  private final String list;
  private final String reserved;
  private final Problems problems;

  /**
   * Rules for one list of the file.
   *
   * @param reserved an id that Kedge itself uses in this list; may be empty
   */
  IdRules(String list, String reserved, Problems problems) {
    this.list = list;
    this.reserved = reserved;
    this.problems = problems;
  }

  void check(List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      check(ids.get(i), Problems.at(list, i) + ".id", seen);
    }
  }

  private void check(String id, String path, Set<String> seen) {
    if (id.isEmpty()) {
      problems.add(path, "missing: give " + Naming.idForm());
      return;
    }
    problems.require(Naming.isId(id), path, "`%s` is not %s".formatted(id, Naming.idForm()));
    problems.require(
        !id.equals(reserved), path, "`%s` is a name of Kedge's own: take another".formatted(id));
    problems.require(seen.add(id), path, "`%s` is taken by an earlier one".formatted(id));
  }
}
