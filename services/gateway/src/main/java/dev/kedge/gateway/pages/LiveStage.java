package dev.kedge.gateway.pages;

import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.watch.StageReading;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A stage's page as it goes on: its record, what it measures and says, and, each time that it
 * moves, what came of it and what can be done.
 */
final class LiveStage implements LivePage {
  private static final int MOST_LINES = 500;

  /** Seconds after the record that whoever works on a cancelled stage may still say something. */
  private static final long WINDING_UP = 10;

  private final StageReading reading;
  private final StageOrigins origins;
  private final CheckpointViews checkpoints;
  private final boolean operates;
  private final Measurements measurements = new Measurements();
  private final Deque<LineView> lines = new ArrayDeque<>();
  private Optional<StageProgress> progress = Optional.empty();
  private ExperimentView experiment;
  private Stage stage;
  private boolean drained;

  /** Whether what is read is of former attempts: it stays, but how far they were is over. */
  private boolean behind;

  /** Of the stage as it moved last: they take a plan, and what the store has, to find out. */
  private StageFacts facts;

  /** They are much, and are the same at most looks. */
  private String shownFacts = "";

  private SortedMap<String, String> parameters = Collections.emptySortedMap();

  /** Of the record as it was read last, for the same reason. */
  private String loss = "";

  /**
   * @param operates whether the reader may operate its experiment
   */
  LiveStage(
      StageReading reading, StageOrigins origins, CheckpointViews checkpoints, boolean operates) {
    this.reading = reading;
    this.origins = origins;
    this.checkpoints = checkpoints;
    this.operates = operates;
    refresh();
  }

  private void refresh() {
    StageReading.Part part = reading.next();
    if (part.another()) {
      measurements.forget();
      lines.clear();
      progress = Optional.empty();
    }
    if (stage != null && stage.getAttempts() != part.stage().getAttempts()) {
      progress = Optional.empty();
      behind = true;
    }
    part.news().forEach(this::hear);
    drained = part.news().isEmpty();
    behind &= part.more();
    stage = part.stage();
    if (experiment == null || !experiment.experiment().equals(part.experiment())) {
      experiment = ExperimentView.of(part.experiment());
      loss = operates ? experiment.loss(view()) : "";
    }
    if (facts == null || !moves(facts.stage()).equals(moves(stage))) {
      parameters =
          isOperable() ? origins.changeable(stage.getName()) : Collections.emptySortedMap();
      facts =
          new StageFacts(
              origins.of(part.experiment(), stage), experiment, checkpoints.of(experiment, stage));
      shownFacts = Templates.facts(facts).render();
    }
  }

  /** What it has anew whenever it moves, and at no other time. */
  private static List<Object> moves(Stage stage) {
    return List.of(stage.getState(), stage.getKey(), stage.getEndTime(), stage.getChangedMap());
  }

  private void hear(WatchExperimentResponse news) {
    if (news.hasProgress()) {
      progress = behind ? Optional.empty() : Optional.of(news.getProgress());
      measurements.add(news.getProgress());
    } else {
      lines.addLast(LineView.of(news.getLog()));
      if (lines.size() > MOST_LINES) {
        lines.removeFirst();
      }
    }
  }

  private StageView view() {
    return new StageView(stage, progress);
  }

  private boolean isOperable() {
    return operates && view().isRetriable();
  }

  StagePageView page() {
    return new StagePageView(
        view(),
        experiment,
        isOperable(),
        parameters,
        loss,
        measurements.curves(),
        List.copyOf(lines),
        facts);
  }

  @Override
  public Map<String, String> look() {
    refresh();
    StagePageView page = page();
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("standing", Templates.standing(page.view()).render());
    parts.put("mending", Templates.mending(page).render());
    parts.put("curves", Templates.curves(page.curves()).render());
    parts.put("log", Templates.log(page.lines()).render());
    parts.put("facts", shownFacts);
    return parts;
  }

  /** Parked ones may be retried, whereupon their page is another. */
  @Override
  public Optional<String> end() {
    return drained && isOver(stage) ? Optional.of(version(stage)) : Optional.empty();
  }

  private static boolean isOver(Stage stage) {
    return switch (stage.getState()) {
      case SUCCEEDED, SKIPPED -> true;
      case CANCELLED ->
          stage.getEndTime().getSeconds() + WINDING_UP < Timestamps.now().getSeconds();
      default -> false;
    };
  }

  /** Different after whatever somebody does with a stage that has ended. */
  static String version(Stage stage) {
    return stage.getState() + " " + Timestamps.toString(stage.getEndTime());
  }
}
