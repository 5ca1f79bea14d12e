package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An experiment file in which some fields were changed.
 *
 * @param spec the file with every change that could be made
 * @param texts all texts of the new values; names among them were given anew
 * @param problems what is wrong with the other changes; the meaning of the file is for {@link
 *     ExperimentRules}
 */
public record ChangedFile(ExperimentSpec spec, Set<String> texts, List<Problem> problems) {
  public ChangedFile {
    texts = Set.copyOf(texts);
    problems = List.copyOf(problems);
  }

  /**
   * Changes a file.
   *
   * @param changes paths in the file, for example {@code methods[1].l2.lambda}, and their new
   *     values in JSON; {@code null} takes a field out, and the position after a list's last
   *     element adds one
   */
  public static ChangedFile of(ExperimentSpec spec, Map<String, String> changes) {
    ExperimentSpec.Builder changed = spec.toBuilder();
    Set<String> texts = new HashSet<>();
    var problems = new Problems();
    for (FieldChange change : inOrder(changes, problems)) {
      try {
        texts.addAll(change.apply(changed));
      } catch (IllegalArgumentException wrong) {
        problems.add(change.path().text(), wrong.getMessage());
      }
    }
    return new ChangedFile(changed.build(), texts, problems.all());
  }

  /** A whole list comes before its elements. */
  private static List<FieldChange> inOrder(Map<String, String> changes, Problems problems) {
    List<FieldChange> ordered = new ArrayList<>();
    new TreeMap<>(changes)
        .forEach(
            (path, json) -> {
              try {
                ordered.add(new FieldChange(FilePath.parse(path), json));
              } catch (IllegalArgumentException wrong) {
                problems.add(path, wrong.getMessage());
              }
            });
    ordered.sort(Comparator.comparing(FieldChange::path));
    return ordered;
  }
}
