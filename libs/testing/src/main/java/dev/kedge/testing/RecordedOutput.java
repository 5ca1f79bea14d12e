package dev.kedge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.StageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What a stage gave when its kind's algorithm version was raised last: a test that compares with it
 * fails when results change under keys that stay.
 *
 * <p>Numbers are compared, not bits, which depend on the processor. To record again: run the test
 * with {@code -Dkedge.record=true} and look at what has changed.
 */
public final class RecordedOutput {
  /** Far above rounding on another processor, far below another learning rate. */
  private static final double TOLERANCE = 1e-3;

  /** Of the largest number of a file: below it there is rounding alone. */
  private static final double FLOOR = 1e-6;

  private static final String VERSION = "algorithm_version";
  private static final String VALUES = "values";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StageKind kind;
  private final Path file;

  /**
   * A record of the module that is tested.
   *
   * @param kind whose algorithm version counts
   * @param what of the kind's outputs, for example {@code text}
   */
  public RecordedOutput(StageKind kind, String what) {
    this.kind = kind;
    this.file =
        Path.of(
            "src/test/resources/recorded",
            "%s-%s.json".formatted(kind.name().toLowerCase(Locale.ROOT), what));
  }

  /**
   * Compares an output with the record.
   *
   * @param files the output's, by name
   * @throws AssertionError saying what is another, and what to do
   */
  public void requireUnchanged(Map<String, Path> files) throws IOException {
    SortedMap<String, Double> now = OutputSummary.of(files);
    if (Boolean.getBoolean("kedge.record")) {
      record(now);
    }
    JsonNode recorded = JSON.readTree(file.toFile());
    int version = StageKey.algorithmVersion(kind);
    if (recorded.path(VERSION).asInt() != version) {
      throw new AssertionError(
          "%s was recorded for algorithm version %d of %s, which is %d now: record again with -Dkedge.record=true"
              .formatted(file, recorded.path(VERSION).asInt(), kind, version));
    }
    Set<String> changed = changed(recorded.path(VALUES), now);
    if (!changed.isEmpty()) {
      throw new AssertionError(
          "outputs of %s changed: raise its algorithm_version in specs.proto, then record again with -Dkedge.record=true; changed are %s"
              .formatted(kind, changed));
    }
  }

  private static Set<String> changed(JsonNode recorded, Map<String, Double> now) {
    double largest = now.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    Set<String> names = new TreeSet<>(now.keySet());
    recorded.fieldNames().forEachRemaining(names::add);
    names.removeIf(
        name ->
            recorded.has(name)
                && now.containsKey(name)
                && isNear(recorded.path(name).asDouble(), now.get(name), largest));
    return names;
  }

  private static boolean isNear(double recorded, double now, double largest) {
    return Math.abs(recorded - now) <= TOLERANCE * Math.abs(recorded) + FLOOR * largest;
  }

  private void record(Map<String, Double> now) throws IOException {
    ObjectNode root = JSON.createObjectNode().put(VERSION, StageKey.algorithmVersion(kind));
    ObjectNode values = root.putObject(VALUES);
    now.forEach((name, value) -> values.put(name, rounded(value)));
    Files.createDirectories(file.getParent());
    Files.writeString(file, root.toPrettyString() + "\n");
  }

  private static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
  }
}
