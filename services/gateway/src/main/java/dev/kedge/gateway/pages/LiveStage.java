package dev.kedge.gateway.pages;

import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.watch.StageReading;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage's page as it goes on: its record, what it measures and what it says. */
final class LiveStage implements LivePage {
  private static final int MOST_LINES = 500;

  private final StageReading reading;
  private final Measurements measurements = new Measurements();
  private final Deque<LineView> lines = new ArrayDeque<>();
  private Optional<StageProgress> progress = Optional.empty();
  private Stage stage;
  private boolean drained;

  LiveStage(StageReading reading) {
    this.reading = reading;
    refresh();
  }

  private void refresh() {
    StageReading.Part part = reading.next();
    if (part.another()) {
      measurements.forget();
      lines.clear();
      progress = Optional.empty();
    }
    stage = part.stage();
    part.news().forEach(this::hear);
    drained = part.news().isEmpty();
  }

  private void hear(WatchExperimentResponse news) {
    if (news.hasProgress()) {
      progress = Optional.of(news.getProgress());
      measurements.add(news.getProgress());
    } else {
      lines.addLast(LineView.of(news.getLog()));
      if (lines.size() > MOST_LINES) {
        lines.removeFirst();
      }
    }
  }

  StageView view() {
    return new StageView(stage, progress);
  }

  List<Curve> curves() {
    return measurements.curves();
  }

  List<LineView> lines() {
    return List.copyOf(lines);
  }

  @Override
  public Map<String, String> look() {
    refresh();
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("standing", Templates.standing(view()).render());
    parts.put("curves", Templates.curves(curves()).render());
    parts.put("log", Templates.log(lines()).render());
    return parts;
  }

  /** Parked ones may be retried, whereupon their page is another. */
  @Override
  public Optional<String> end() {
    return drained && stage.getState() == Stage.State.SUCCEEDED
        ? Optional.of(version(stage))
        : Optional.empty();
  }

  /** Different after whatever somebody does with a stage that has ended. */
  static String version(Stage stage) {
    return stage.getState() + " " + Timestamps.toString(stage.getEndTime());
  }
}
