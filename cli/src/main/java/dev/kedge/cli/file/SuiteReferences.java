package dev.kedge.cli.file;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts the definition of a suite in the place of its name: {@code suite: piqa} in an evaluation
 * becomes the definition's fields, and likewise in a task of pictures, and in a definition that
 * builds upon another. What stands beside the name holds.
 *
 * @param folder what paths are relative to
 */
record SuiteReferences(Path folder, Findings findings) {
  private static final String SUITE = "suite";
  private static final String PICTURES = "image_classification";

  void expand(MappingNode root) {
    Mappings.value(root, "evaluations")
        .ifPresent(
            evaluations -> {
              if (evaluations instanceof SequenceNode list) {
                expandAll(list.getValue());
              }
            });
    Place task = new Place("task");
    Mappings.value(root, "task")
        .flatMap(node -> within(node, PICTURES))
        .ifPresent(node -> expandOne(node, task.field(PICTURES)));
  }

  private static Optional<Node> within(Node node, String field) {
    return node instanceof MappingNode mapping ? Mappings.value(mapping, field) : Optional.empty();
  }

  private void expandAll(List<Node> evaluations) {
    for (int i = 0; i < evaluations.size(); i++) {
      expandOne(evaluations.get(i), new Place("evaluations").element(i));
    }
  }

  private void expandOne(Node node, Place place) {
    if (node instanceof MappingNode mapping) {
      Mappings.entry(mapping, SUITE)
          .ifPresent(entry -> expand(mapping, entry, place, new HashSet<>()));
    }
  }

  /**
   * Expands one name.
   *
   * @param within the definitions that are being put in place of their names
   */
  private void expand(MappingNode into, NodeTuple named, Place place, Set<String> within) {
    into.getValue().remove(named);
    Node name = named.getValueNode();
    try {
      SuiteDefinition definition = SuiteDefinition.find(Mappings.scalar(name), folder);
      var inFile = new Findings();
      MappingNode fields = YamlDocument.parse(definition.text(), inFile, "`language:`");
      inFile.problems().forEach(problem -> report(definition, problem, name, place));
      fields.getValue().removeIf(entry -> Mappings.key(entry).equals(SuiteDefinition.ABOUT));
      if (!within.add(definition.name())) {
        throw new IllegalArgumentException(
            "`%s` builds upon itself: take `suite` out of one of %s"
                .formatted(definition.name(), new TreeSet<>(within)));
      }
      Mappings.entry(fields, SUITE).ifPresent(base -> expand(fields, base, place, within));
      merge(into, fields, place, name);
    } catch (IllegalArgumentException e) {
      findings.problem(place.field(SUITE), name, e.getMessage());
    }
  }

  private void report(SuiteDefinition definition, FileProblem problem, Node name, Place place) {
    findings.problem(
        place.field(SUITE),
        name,
        "%s, line %d: %s".formatted(definition.name(), problem.line(), problem.message()));
  }

  /** Adds what is not there yet; its line is that of the suite's name. */
  private void merge(MappingNode into, MappingNode fields, Place place, Node name) {
    for (NodeTuple field : fields.getValue()) {
      Place here = place.field(Mappings.key(field));
      Node there = Mappings.value(into, Mappings.key(field)).orElse(null);
      if (there == null) {
        findings.standsAt(here, name);
        into.getValue().add(field);
      } else if (there instanceof MappingNode mine
          && field.getValueNode() instanceof MappingNode its) {
        merge(mine, its, here, name);
      }
    }
  }
}
