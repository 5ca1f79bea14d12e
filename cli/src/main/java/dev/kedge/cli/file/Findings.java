package dev.kedge.cli.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** What reading a file brings to light: its problems, and the line of every place. */
final class Findings {
  private final List<FileProblem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<Place, Filled> elsewhere = new LinkedHashMap<>();

  /**
   * A place whose content is not where the file has it.
   *
   * @param line the line that stands for it; 0 for none
   * @param file the file that it comes from, which problems name too; empty for none
   */
  private record Filled(int line, String file) {}

  /** Notes that a place was set on the command line: what is in it has no line in the file. */
  void changed(Place place) {
    elsewhere.put(place, new Filled(0, ""));
  }

  /** Notes that a place was filled in for a node of the file: what is in it has that one's line. */
  void standsAt(Place place, Node node) {
    standsAt(place, node, "");
  }

  /** Notes the same of a place that comes from another file. */
  void standsAt(Place place, Node node, String file) {
    elsewhere.put(place, new Filled(line(place, node), file));
  }

  void visit(Place place, Node node) {
    lines.putIfAbsent(place.path(), line(place, node));
  }

  void problem(Place place, Node node, String message) {
    problem(place, line(place, node), message + origin(place, node));
  }

  void problem(Place place, int line, String message) {
    problems.add(new FileProblem(place.path(), line, message));
  }

  List<FileProblem> problems() {
    return problems;
  }

  Map<String, Integer> lines() {
    return lines;
  }

  private String origin(Place place, Node node) {
    return filled(place)
        .map(Filled::file)
        .filter(file -> !file.isEmpty())
        .map(file -> " (%s, line %d)".formatted(file, lineOf(node)))
        .orElse("");
  }

  private int line(Place place, Node node) {
    return filled(place).map(Filled::line).orElseGet(() -> lineOf(node));
  }

  /** The innermost place around this one that was filled in. */
  private Optional<Filled> filled(Place place) {
    return elsewhere.entrySet().stream()
        .filter(filled -> place.isWithin(filled.getKey()))
        .max(Comparator.comparingInt(filled -> filled.getKey().path().length()))
        .map(Map.Entry::getValue);
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
