package dev.kedge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A few numbers that change when a stage's output does: the norm of every tensor, and the sum of
 * the absolute numbers under every name of a JSON file.
 */
final class OutputSummary {
  /**
   * What adds the same to the scores of all keys changes no attention: its gradient is rounding
   * alone, which AdamW makes into whole steps.
   */
  private static final String WITHOUT_GRADIENT = "k_proj.bias";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<String, Double> values = new TreeMap<>();

  private OutputSummary() {}

  /**
   * The numbers of some files.
   *
   * @param files by name; what is neither JSON nor safetensors is left out
   */
  static SortedMap<String, Double> of(Map<String, Path> files) throws IOException {
    OutputSummary summary = new OutputSummary();
    for (var file : files.entrySet()) {
      String name = file.getKey();
      if (name.endsWith(".safetensors")) {
        summary.addTensors(name, file.getValue());
      } else if (name.endsWith(".json") || name.endsWith(".jsonl")) {
        summary.addJson(name, file.getValue());
      }
    }
    return summary.values;
  }

  private void addTensors(String file, Path path) throws IOException {
    try (SafetensorsFile tensors = SafetensorsFile.open(path)) {
      for (String tensor : tensors.specs().keySet()) {
        if (!tensor.endsWith(WITHOUT_GRADIENT)) {
          values.put(file + "/" + tensor, norm(tensors.floats(tensor)));
        }
      }
    }
  }

  private static double norm(float[] tensor) {
    double squares = 0;
    for (float value : tensor) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }

  private void addJson(String file, Path path) throws IOException {
    try (MappingIterator<JsonNode> documents =
        JSON.readerFor(JsonNode.class).readValues(path.toFile())) {
      while (documents.hasNext()) {
        add(file, documents.next());
      }
    }
  }

  private void add(String name, JsonNode node) {
    if (node.isNumber()) {
      values.merge(name, Math.abs(node.asDouble()), Double::sum);
    }
    node.properties().forEach(field -> add(name + "/" + field.getKey(), field.getValue()));
    if (node.isArray()) {
      node.forEach(element -> add(name, element));
    }
  }
}
