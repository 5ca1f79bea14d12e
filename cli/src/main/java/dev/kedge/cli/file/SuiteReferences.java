package dev.kedge.cli.file;

import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts the definition of a suite in the place of its name: {@code suite: piqa} in an evaluation
 * becomes the definition's fields. What the evaluation itself says holds.
 *
 * @param folder what paths are relative to
 */
record SuiteReferences(Path folder, Findings findings) {
  private static final String SUITE = "suite";

  void expand(MappingNode root) {
    Mappings.value(root, "evaluations")
        .ifPresent(
            evaluations -> {
              if (evaluations instanceof SequenceNode list) {
                expandAll(list.getValue());
              }
            });
  }

  private void expandAll(List<Node> evaluations) {
    for (int i = 0; i < evaluations.size(); i++) {
      if (evaluations.get(i) instanceof MappingNode evaluation) {
        Place place = new Place("evaluations").element(i);
        Mappings.entry(evaluation, SUITE).ifPresent(entry -> expand(evaluation, entry, place));
      }
    }
  }

  private void expand(MappingNode evaluation, NodeTuple named, Place place) {
    evaluation.getValue().remove(named);
    Node name = named.getValueNode();
    try {
      SuiteDefinition definition = SuiteDefinition.find(Mappings.scalar(name), folder);
      var inFile = new Findings();
      MappingNode fields = YamlDocument.parse(definition.text(), inFile, "`language:`");
      inFile.problems().forEach(problem -> report(definition, problem, name, place));
      fields.getValue().removeIf(entry -> Mappings.key(entry).equals(SuiteDefinition.ABOUT));
      merge(evaluation, fields, place, name);
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
