package dev.kedge.cli.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** What reading a file brings to light: its problems, and the line of every place. */
final class Findings {
  private final List<FileProblem> problems = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<Place, Integer> elsewhere = new LinkedHashMap<>();
  private final Map<Place, String> files = new LinkedHashMap<>();

  /** Notes that a place was set on the command line: what is in it has no line in the file. */
  void changed(Place place) {
    elsewhere.put(place, 0);
  }

  /** Notes that a place was filled in for a node of the file: what is in it has that one's line. */
  void standsAt(Place place, Node node) {
    elsewhere.put(place, line(place, node));
  }

  /** Notes that a place comes from another file: problems in it name that one too. */
  void comesFrom(Place place, String file) {
    files.put(place, file);
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
    return files.entrySet().stream()
        .filter(from -> place.isWithin(from.getKey()))
        .findFirst()
        .map(from -> " (%s, line %d)".formatted(from.getValue(), node.getStartMark().getLine() + 1))
        .orElse("");
  }

  private int line(Place place, Node node) {
    return elsewhere.entrySet().stream()
        .filter(filled -> place.isWithin(filled.getKey()))
        .max(Comparator.comparingInt(filled -> filled.getKey().path().length()))
        .map(Map.Entry::getValue)
        .orElseGet(() -> node.getStartMark().getLine() + 1);
  }
}
