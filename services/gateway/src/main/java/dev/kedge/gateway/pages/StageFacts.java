package dev.kedge.gateway.pages;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.v1.Stage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a stage is and what came of it, as of when it moved last.
 *
 * @param stage with its parameters and where its result came from
 * @param experiment its experiment
 * @param checkpoint the model that it made, if it did
 */
public record StageFacts(
    Stage stage, ExperimentView experiment, Optional<CheckpointView> checkpoint) {
  /** Where one of the report's points is shown. */
  public String point(String label) {
    return experiment.path() + "/points?label=" + URLEncoder.encode(label, StandardCharsets.UTF_8);
  }

  /** Inputs and parameters, as JSON. */
  public String spec() {
    return json(stage.getSpec());
  }

  /** What its result depends on beside that, as JSON; empty before there is one. */
  public String lineage() {
    return stage.hasLineage() ? json(stage.getLineage()) : "";
  }

  /** What a search found and tried, as JSON; empty for what is none. */
  public String found() {
    return stage.hasFound() ? json(stage.getFound()) : "";
  }

  static String json(MessageOrBuilder message) {
    try {
      return JsonFormat.printer().preservingProtoFieldNames().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a record has no JSON form", e);
    }
  }
}
