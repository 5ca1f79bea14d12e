package dev.kedge.cli.file;

import dev.kedge.v1.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * An experiment file as it was written: the API's {@link ExperimentSpec} in YAML.
 *
 * @param spec what it asks for; its shape is right, its meaning is for the gateway to check
 * @param lines the line, counted from 1, of every path in the file; 0 for what the command line set
 */
public record ExperimentFile(ExperimentSpec spec, Map<String, Integer> lines) {
  public ExperimentFile {
    lines = Map.copyOf(lines);
  }

  /**
   * Reads a file.
   *
   * @param file the file
   * @param changes values by path, in YAML, in place of the file's own
   * @throws InvalidFileException with all problems, where there are any
   * @throws IOException where the file cannot be read
   */
  public static ExperimentFile read(Path file, Map<String, String> changes) throws IOException {
    return parse(file, TextFile.read(file, "an experiment file"), changes);
  }

  /**
   * Reads what was written by no one.
   *
   * @param name what it is called in messages
   */
  static ExperimentFile ofText(String name, String text) {
    return parse(name, text, Map.of());
  }

  static ExperimentFile parse(String name, String text, Map<String, String> changes) {
    return parse(Path.of(name), text, changes);
  }

  private static ExperimentFile parse(Path file, String text, Map<String, String> changes) {
    var findings = new Findings();
    MappingNode root = YamlDocument.parse(text, findings, "`base:` and `methods:`");
    new Extension(findings).apply(root, file);
    changes.forEach((path, value) -> new Change(path, value).apply(root, findings));
    Path folder = file.toAbsolutePath().getParent();
    new SuiteReferences(folder, findings).expand(root);
    ExperimentSpec.Builder spec = ExperimentSpec.newBuilder();
    new MessageReader(findings).read(root, spec, Place.FILE);
    if (!findings.problems().isEmpty()) {
      throw new InvalidFileException(
          InvalidFileException.Kind.EXPERIMENT, file.getFileName().toString(), findings.problems());
    }
    return new ExperimentFile(spec.build(), findings.lines());
  }

  /** The line of a path, or of what is around it where the file does not have it; 0 if unknown. */
  public int lineOf(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      if (lines.containsKey(at)) {
        return lines.get(at);
      }
    }
    return 0;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
