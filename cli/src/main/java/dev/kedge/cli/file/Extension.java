package dev.kedge.cli.file;

import dev.kedge.cli.UserMistakeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
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
   * Extends a file, if it says so.
   *
   * @param root its tree
   * @param file where it is: the other's path is relative to its folder
   */
  void apply(MappingNode root, Path file) {
    Set<Path> files = new LinkedHashSet<>();
    files.add(file.toAbsolutePath().normalize());
    Mappings.entry(root, EXTENDS)
        .ifPresent(
            entry -> {
              root.getValue().remove(entry);
              extend(root, entry.getValueNode(), entry.getValueNode(), files);
            });
  }

  /**
   * Extends the tree by one file, and by what that one extends.
   *
   * @param named what the last file that was read extends
   * @param name what the first one does: all that is added, and every problem, has its line
   * @param files those that were read
   */
  private void extend(MappingNode root, Node named, Node name, Set<Path> files) {
    try {
      Path other = find(Mappings.scalar(named), files);
      var inFile = new Findings();
      MappingNode fields =
          YamlDocument.parse(
              TextFile.read(other, "an experiment file"), inFile, "`base:` and `methods:`");
      inFile.problems().forEach(problem -> report(other, problem, name));
      for (NodeTuple field : fields.getValue()) {
        add(root, field, name, other);
      }
      files.add(other);
      Mappings.value(fields, EXTENDS).ifPresent(next -> extend(root, next, name, files));
    } catch (IllegalArgumentException | UserMistakeException e) {
      findings.problem(new Place(EXTENDS), name, e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String name, Set<Path> files) {
    Path last = files.stream().reduce((a, b) -> b).orElseThrow();
    Path file = last.resolveSibling(name).normalize();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("name one file, as in `extends: other.yaml`");
    }
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

  private void add(MappingNode root, NodeTuple field, Node name, Path from) {
    String key = Mappings.key(field);
    if (!key.equals(EXTENDS) && Mappings.value(root, key).isEmpty()) {
      findings.standsAt(new Place(key), name, from.getFileName().toString());
      root.getValue().add(field);
    }
  }
}
