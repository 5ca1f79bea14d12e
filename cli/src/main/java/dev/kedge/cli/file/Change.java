package dev.kedge.cli.file;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A value given on the command line in place of the file's own.
 *
 * @param path where, for example {@code methods[1].l2.lambda}
 * @param value the value in YAML
 */
record Change(String path, String value) {
  private static final Pattern STEP = Pattern.compile("([A-Za-z_]\\w*)|\\[(\\d{1,4})]");

  /** Puts the value into the tree; what cannot be done is noted. */
  void apply(MappingNode root, Findings findings) {
    Place place = new Place(path);
    findings.changed(place);
    try {
      List<String> steps = steps();
      Node parent = root;
      for (String step : steps.subList(0, steps.size() - 1)) {
        parent = child(parent, step);
      }
      put(parent, steps.get(steps.size() - 1), parsed());
    } catch (IllegalArgumentException e) {
      findings.problem(place, 0, "--set: " + e.getMessage());
    }
  }

  private Node parsed() {
    try {
      Node node = YamlDocument.compose(value);
      if (node == null) {
        throw new IllegalArgumentException("no value is given");
      }
      return node;
    } catch (YAMLException e) {
      throw new IllegalArgumentException("`%s` is not YAML".formatted(value), e);
    }
  }

  private List<String> steps() {
    if (!path.matches("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*|\\[\\d{1,4}])*")) {
      throw new IllegalArgumentException("not a path such as training.epochs or methods[0].id");
    }
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(matcher.group());
    }
    return steps;
  }

  private static Node child(Node parent, String step) {
    if (step.startsWith("[")) {
      return elements(parent).get(position(parent, step));
    }
    return fields(parent).stream()
        .filter(tuple -> isNamed(tuple, step))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElseGet(() -> put(parent, step, YamlDocument.emptyMapping()));
  }

  private static Node put(Node parent, String step, Node value) {
    if (step.startsWith("[")) {
      elements(parent).set(position(parent, step), value);
      return value;
    }
    List<NodeTuple> fields = fields(parent);
    fields.removeIf(tuple -> isNamed(tuple, step));
    fields.add(new NodeTuple(YamlDocument.compose(step), value));
    return value;
  }

  private static boolean isNamed(NodeTuple tuple, String name) {
    return Mappings.key(tuple).equals(name);
  }

  private static List<NodeTuple> fields(Node node) {
    if (node instanceof MappingNode mapping) {
      return mapping.getValue();
    }
    throw new IllegalArgumentException("the file has a value where the path has a field");
  }

  private static List<Node> elements(Node node) {
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    throw new IllegalArgumentException("the file has no list where the path has a position");
  }

  private static int position(Node list, String step) {
    int position = Integer.parseInt(step.substring(1, step.length() - 1));
    if (position >= elements(list).size()) {
      throw new IllegalArgumentException(
          "position %d is beyond the list's %d".formatted(position, elements(list).size()));
    }
    return position;
  }
}
