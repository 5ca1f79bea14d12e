package dev.kedge.cli.file;

import java.io.StringReader;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML as a tree of nodes. The text of every scalar is kept as it was written and is given its type
 * later, by the schema: so {@code 1e-5} is a number and a class called {@code no} is a class, which
 * YAML 1.1 sees otherwise.
 */
final class YamlDocument {
  private YamlDocument() {}

  /**
   * The file's tree; an empty mapping, with a problem noted, where there is none.
   *
   * @param fields some that are expected, for the message
   */
  static MappingNode parse(String text, Findings findings, String fields) {
    try {
      if (compose(text) instanceof MappingNode mapping) {
        return mapping;
      }
      findings.problem(Place.FILE, 1, "expected fields such as " + fields);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      findings.problem(Place.FILE, line, "not YAML: " + reason(e));
    } catch (YAMLException e) {
      findings.problem(Place.FILE, 0, "not YAML: " + e.getMessage());
    }
    return emptyMapping();
  }

  static MappingNode emptyMapping() {
    return (MappingNode) compose("{}");
  }

  /** The tree of one document; null where the text is empty. */
  static Node compose(String text) {
    return new Yaml().compose(new StringReader(text));
  }

  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String reason(MarkedYAMLException e) {
    return e.getContext() == null ? e.getProblem() : e.getContext() + ", " + e.getProblem();
  }
}
