package dev.kedge.cli.file;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;

/**
 * Puts the fields of another experiment file beside those of one that says {@code extends:
 * other.yaml}. A field that the file has itself stands in the place of the other's, whole: lists
 * and mappings are not mixed.
 *
 * @param findings of the file that extends
 */
record Extension(Findings findings) {
  static final String EXTENDS = "extends";

  /**
   * Extends a file, if it says so, also by what the other one extends. All that is added, and every
   * problem, has the line at which the file itself says it.
   *
   * @param root its tree
   * @param file where it is: the other's path is relative to its folder
   */
  void apply(MappingNode root, Path file) {
    Optional<Node> own = takeOut(root, findings);
    if (own.isEmpty()) {
      return;
    }
    Node name = own.get();
    Set<Path> files = new HashSet<>();
    Path last = file.toAbsolutePath().normalize();
    Optional<Node> next = own;
    try {
      while (next.isPresent()) {
        files.add(last);
        last = find(Mappings.scalar(next.get()), last, files);
        next = addAll(root, last, name);
      }
    } catch (IllegalArgumentException | UserMistakeException e) {
      findings.problem(new Place(EXTENDS), name, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes `extends` out of a file's tree; what it says first, if it is there. */
  private static Optional<Node> takeOut(MappingNode root, Findings findings) {
    List<NodeTuple> said =
        root.getValue().stream().filter(entry -> Mappings.key(entry).equals(EXTENDS)).toList();
    root.getValue().removeAll(said);
    said.stream()
        .skip(1)
        .forEach(
            again ->
                findings.problem(
                    new Place(EXTENDS),
                    again.getKeyNode(),
                    "given twice: a file extends one other, which may extend a third"));
    return said.stream().map(NodeTuple::getValueNode).findFirst();
  }

  /** Adds the fields of another file; what that one extends, if it does. */
  private Optional<Node> addAll(MappingNode root, Path other, Node name) throws IOException {
    var inFile = new Findings();
    MappingNode fields =
        YamlDocument.parse(
            TextFile.read(other, "an experiment file"), inFile, "`base:` and `methods:`");
    Optional<Node> next = takeOut(fields, inFile);
    inFile.problems().forEach(problem -> report(other, problem, name));
    Set<String> own = root.getValue().stream().map(Mappings::key).collect(Collectors.toSet());
    for (NodeTuple field : fields.getValue()) {
      if (!own.contains(Mappings.key(field))) {
        findings.standsAt(new Place(Mappings.key(field)), name, other.getFileName().toString());
        root.getValue().add(field);
      }
    }
    return next;
  }

  private static Path find(String name, Path from, Set<Path> files) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name one file, as in `extends: other.yaml`");
    }
    Path file = from.resolveSibling(name).normalize();
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "there is no file %s: paths are relative to the file that extends it".formatted(file));
    }
    if (files.contains(file)) {
      throw new IllegalArgumentException(
          "%s extends itself: take `extends` out of it".formatted(file));
    }
    return file;
  }

  private void report(Path file, FileProblem problem, Node name) {
    findings.problem(
        new Place(EXTENDS),
        name,
        "%s, line %d: %s".formatted(file.getFileName(), problem.line(), problem.message()));
  }
}
