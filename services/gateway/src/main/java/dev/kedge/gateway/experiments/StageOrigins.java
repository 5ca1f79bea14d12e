package dev.kedge.gateway.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.name.StageName;
import dev.kedge.plan.Planner;
import dev.kedge.plan.SpecChanges;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResult;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a stage's result was made from, and how; of a search, also what it tried. */
@ApplicationScoped
public class StageOrigins {
  private static final String SPEC = "spec";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names and values as a retry and recipes have them. */
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().preservingProtoFieldNames().alwaysPrintFieldsWithNoPresence();

  private final Projects projects;
  private final ExperimentStore experiments;

  StageOrigins(Projects projects, ExperimentStore experiments) {
    this.projects = projects;
    this.experiments = experiments;
  }

  /**
   * A stage with its parameters and lineage.
   *
   * @param name {@code projects/P/experiments/E/stages/S}
   */
  public Stage get(String name) {
    StageName parsed = StageName.parse(name);
    Experiment experiment = experiments.get(parsed.experiment());
    return of(experiment, ExperimentStore.stage(experiment, parsed));
  }

  /** The same of a record that was read. */
  public Stage of(Experiment experiment, Stage stage) {
    StageName name = StageName.parse(stage.getName());
    Optional<StageResult> result = result(name, stage);
    Optional<JsonNode> lineage = result.map(StageResult::lineage);
    StageSpec spec =
        lineage
            .map(found -> merge(found.path(SPEC).toString(), StageSpec.newBuilder()).build())
            .orElseGet(() -> planned(experiment, stage));
    Stage.Builder answer = stage.toBuilder().setSpec(struct(parameters(spec)));
    lineage.ifPresent(found -> answer.setLineage(struct(withoutSpec(found))));
    result
        .flatMap(made -> SearchFiles.open(store(name), made.artifact()))
        .ifPresent(found -> answer.setFound(struct(found.json())));
    return answer.build();
  }

  /**
   * The parameters of a stage that a retry can change, by the paths that it changes them under, and
   * their values in JSON.
   *
   * @param name {@code projects/P/experiments/E/stages/S}
   */
  public SortedMap<String, String> changeable(String name) {
    StageName parsed = StageName.parse(name);
    Experiment experiment = experiments.get(parsed.experiment());
    StageSpec spec = planned(experiment, ExperimentStore.stage(experiment, parsed));
    SortedMap<String, String> values = new TreeMap<>();
    collect("", tree(parameters(spec)), values);
    values.entrySet().removeIf(value -> !isChangeable(spec, value));
    return values;
  }

  private static void collect(String path, JsonNode value, SortedMap<String, String> into) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              field ->
                  collect(
                      path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else {
      into.put(path, value.toString());
    }
  }

  private static boolean isChangeable(StageSpec spec, Map.Entry<String, String> value) {
    try {
      return SpecChanges.apply(spec, Map.ofEntries(value)).equals(spec);
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private Optional<StageResult> result(StageName name, Stage stage) {
    if (stage.getKey().isEmpty()) {
      return Optional.empty();
    }
    StageLookup found = store(name).results().find(stage.getKey());
    return found instanceof StageLookup.Intact intact
        ? Optional.of(intact.result())
        : Optional.empty();
  }

  private ProjectStore store(StageName name) {
    return projects.store(name.experiment().project());
  }

  private static StageSpec planned(Experiment experiment, Stage stage) {
    StageSpec spec = Planner.plan(experiment).stage(stage.getId()).spec();
    return SpecChanges.apply(spec, stage.getChangedMap());
  }

  /** Without the name of the kind, as a retry's paths are. */
  private static String parameters(StageSpec spec) {
    var kind = StageSpec.getDescriptor().findFieldByNumber(spec.getStageCase().getNumber());
    try {
      return PRINTER.print((Message) spec.getField(kind));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stage's parameters have no JSON form", e);
    }
  }

  private static String withoutSpec(JsonNode lineage) {
    return ((ObjectNode) lineage.deepCopy()).without(SPEC).toString();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stage's parameters have no JSON form", e);
    }
  }

  private static Struct struct(String json) {
    return merge(json, Struct.newBuilder()).build();
  }

  private static <B extends Message.Builder> B merge(String json, B into) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json, into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stage's result has no lineage that can be read", e);
    }
  }
}
