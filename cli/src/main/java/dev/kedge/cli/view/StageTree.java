package dev.kedge.cli.view;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stages as a tree: each below the last of those that it needs, so that under a result stands what
 * is made of it. Many of a kind side by side are one line; those at work and those that wait for
 * people always have lines of their own.
 */
final class StageTree {
  /** Of more of a kind side by side, those that nobody has to look at share a line. */
  private static final List<Integer> MOST_ALONE = List.of(6, 3, 1);

  private final List<Stage> stages;
  private final Map<String, String> parents;

  /**
   * A line.
   *
   * @param branch the tree's lines before it
   * @param stages a stage, or many of a kind
   */
  record Row(String branch, List<Stage> stages) {
    boolean isFolded() {
      return stages.size() > 1;
    }

    Stage first() {
      return stages.get(0);
    }

    /** The stage's id, or how many of which kind. */
    String label() {
      return isFolded() ? stages.size() + " × " + first().getKind() : first().getId();
    }
  }

  /**
   * A tree.
   *
   * @param stages in an order in which each comes after those that it needs
   */
  StageTree(List<Stage> stages) {
    this.stages = stages;
    parents = parents(stages);
  }

  /** Its lines, folded until they are no more than so many, or no more can be folded. */
  List<Row> rows(int most) {
    List<Row> rows = List.of();
    for (int mostAlone : MOST_ALONE) {
      rows = new ArrayList<>();
      var roots = stages.stream().filter(each -> !parents.containsKey(each.getId())).toList();
      for (List<Stage> node : folded(roots, mostAlone)) {
        rows.add(new Row("", node));
        addBelow(rows, node, "", mostAlone);
      }
      if (rows.size() <= most) {
        break;
      }
    }
    return rows;
  }

  /** Whether somebody may want to look at it. */
  static boolean isUrgent(Stage stage) {
    return stage.getState() == Stage.State.RUNNING || stage.getState() == Stage.State.PARKED;
  }

  private void addBelow(List<Row> rows, List<Stage> node, String branch, int mostAlone) {
    Set<String> ids = node.stream().map(Stage::getId).collect(toSet());
    List<Stage> below =
        stages.stream().filter(each -> ids.contains(parents.get(each.getId()))).toList();
    List<List<Stage>> nodes = folded(below, mostAlone);
    for (int i = 0; i < nodes.size(); i++) {
      boolean isLast = i == nodes.size() - 1;
      rows.add(new Row(branch + (isLast ? "└─ " : "├─ "), nodes.get(i)));
      addBelow(rows, nodes.get(i), branch + (isLast ? "   " : "│  "), mostAlone);
    }
  }

  private static List<List<Stage>> folded(List<Stage> siblings, int mostAlone) {
    Map<String, List<Stage>> kinds =
        siblings.stream().collect(groupingBy(Stage::getKind, LinkedHashMap::new, toList()));
    List<List<Stage>> nodes = new ArrayList<>();
    for (List<Stage> kind : kinds.values()) {
      List<Stage> quiet = kind.stream().filter(each -> !isUrgent(each)).toList();
      if (quiet.size() > mostAlone) {
        nodes.add(quiet);
        kind.stream().filter(StageTree::isUrgent).map(List::of).forEach(nodes::add);
      } else {
        kind.stream().map(List::of).forEach(nodes::add);
      }
    }
    return nodes;
  }

  /** Of what each one needs, what most stages come before. */
  private static Map<String, String> parents(List<Stage> stages) {
    Map<String, Integer> depths = new HashMap<>();
    Map<String, String> parents = new HashMap<>();
    for (Stage stage : stages) {
      int deepest = -1;
      for (String needed : stage.getNeedsList()) {
        int depth = depths.getOrDefault(needed, -1);
        if (depth >= deepest && depth >= 0) {
          deepest = depth;
          parents.put(stage.getId(), needed);
        }
      }
      depths.put(stage.getId(), deepest + 1);
    }
    return parents;
  }
}
