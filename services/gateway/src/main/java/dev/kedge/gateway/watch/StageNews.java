package dev.kedge.gateway.watch;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.store.StoreException;
import dev.kedge.v1.StageLog;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.Optional;

/** A stage's own events in the public API's words. */
final class StageNews {
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private StageNews() {}

  static StageEvent read(dev.kedge.store.StageEvent entry) {
    StageEvent.Builder event = StageEvent.newBuilder();
    try {
      PARSER.merge(entry.payload().toString(), event);
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.Corrupt("event " + entry.cursor() + " is not one", e);
    }
    return event.build();
  }

  /** What a watcher is told; results show in the record. */
  static Optional<WatchExperimentResponse.Builder> of(String stage, StageEvent event) {
    return switch (event.getEventCase()) {
      case PROGRESS ->
          Optional.of(
              WatchExperimentResponse.newBuilder()
                  .setProgress(
                      StageProgress.newBuilder()
                          .setStage(stage)
                          .setDone(event.getProgress().getDone())
                          .setTotal(event.getProgress().getTotal())
                          .setUnit(event.getProgress().getUnit())
                          .putAllMetrics(event.getProgress().getMetricsMap())));
      case LOG ->
          Optional.of(
              WatchExperimentResponse.newBuilder()
                  .setLog(
                      StageLog.newBuilder()
                          .setStage(stage)
                          .setTime(event.getTime())
                          .setLevel(event.getLog().getLevel().name())
                          .setText(event.getLog().getText())));
      default -> Optional.empty();
    };
  }
}
