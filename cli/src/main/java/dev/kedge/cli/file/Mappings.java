package dev.kedge.cli.file;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What mappings of nodes hold. */
final class Mappings {
  private Mappings() {}

  /** The entry of a key. */
  static Optional<NodeTuple> entry(MappingNode mapping, String key) {
    return mapping.getValue().stream().filter(entry -> key(entry).equals(key)).findFirst();
  }

  /** The value of a key. */
  static Optional<Node> value(MappingNode mapping, String key) {
    return entry(mapping, key).map(NodeTuple::getValueNode);
  }

  static String key(NodeTuple entry) {
    return scalar(entry.getKeyNode());
  }

  /** A scalar as it was written; empty for anything else. */
  static String scalar(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
