package dev.kedge.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.Digest;
import dev.kedge.store.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The lineage part of {@code result.json}.
 *
 * @param spec the spec's JSON form
 * @param computeSeconds of all attempts that led to the result
 * @param committed ISO-8601
 * @param parts null in results of versions that did not name them
 */
record ResultDocument(
    JsonNode spec,
    int algorithmVersion,
    SortedMap<String, String> profile,
    boolean exact,
    String holder,
    String version,
    int attempts,
    double computeSeconds,
    String committed,
    List<String> parts) {

  static StageResult write(CommittedStage stage) {
    Lineage lineage = stage.lineage();
    var document =
        new ResultDocument(
            ProtoJson.tree(lineage.spec()),
            lineage.algorithmVersion(),
            lineage.profile().values(),
            lineage.exact(),
            lineage.holder(),
            lineage.version(),
            lineage.attempts(),
            stage.computeSeconds(),
            lineage.committed().toString(),
            lineage.parts());
    return new StageResult(
        Digest.parse(stage.artifact()),
        CanonicalJson.tree(document),
        CanonicalJson.tree(new TreeMap<>(stage.metrics())));
  }

  static CommittedStage read(String key, StageResult result) {
    ResultDocument document = parse(result.lineage(), ResultDocument.class, key);
    return new CommittedStage(
        key,
        result.artifact().toString(),
        document.computeSeconds(),
        metrics(result.metrics(), key),
        document.lineage());
  }

  private Lineage lineage() {
    StageSpec.Builder parsed = StageSpec.newBuilder();
    ProtoJson.merge(spec, parsed);
    return new Lineage(
        parsed.build(),
        algorithmVersion,
        new NumericsProfile(profile),
        exact,
        holder,
        version,
        attempts,
        Instant.parse(committed),
        parts == null ? List.of() : parts);
  }

  private static Map<String, Double> metrics(JsonNode node, String key) {
    var metrics = new TreeMap<String, Double>();
    parse(node, JsonNode.class, key)
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
    return metrics;
  }

  private static <T> T parse(JsonNode node, Class<T> type, String key) {
    byte[] json = node.toString().getBytes(StandardCharsets.UTF_8);
    return CanonicalJson.read(json, type, "the result of stage " + key);
  }
}
