package dev.kedge.gateway.watch;

import dev.kedge.gateway.Projects;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.name.StageName;
import dev.kedge.store.EventLog;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StageEvent;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that was said of one stage under its key, whoever's experiment it ran for, from the beginning
 * on and page by page. Not for several threads at once.
 */
public final class StageReading {
  private static final int PAGE = 500;

  private final StageName name;
  private final ExperimentStore experiments;
  private final ProjectStore store;
  private String key = "";
  private String cursor = EventLog.BEGINNING;

  StageReading(StageName name, ExperimentStore experiments, Projects projects) {
    this.name = name;
    this.experiments = experiments;
    this.store = projects.store(name.experiment().project());
  }

  /** The stage as it is now and what is new of it. */
  public Part next() {
    Experiment experiment = experiments.get(name.experiment());
    Stage stage = ExperimentStore.stage(experiment, name);
    Optional<String> now = key(stage, experiment);
    boolean another = !key.isEmpty() && !now.equals(Optional.of(key));
    if (another) {
      cursor = EventLog.BEGINNING;
    }
    key = now.orElse("");
    List<StageEvent> page = now.isPresent() ? store.events(key).read(cursor, PAGE) : List.of();
    List<WatchExperimentResponse> news = new ArrayList<>();
    for (StageEvent entry : page) {
      cursor = entry.cursor();
      StageNews.of(name.stage(), StageNews.read(entry)).ifPresent(one -> news.add(one.build()));
    }
    return new Part(experiment, stage, another, news, page.size() == PAGE);
  }

  /** A stage that has not begun may have inputs that are not known yet. */
  private static Optional<String> key(Stage stage, Experiment experiment) {
    return switch (stage.getState()) {
      case WAITING -> Optional.empty();
      case SKIPPED, CANCELLED -> Optional.of(stage.getKey()).filter(key -> !key.isEmpty());
      default -> Optional.of(new StageKeys(experiment).of(stage, experiment));
    };
  }

  /**
   * A part of what was said.
   *
   * @param experiment its experiment as it is now
   * @param stage the stage as it is now
   * @param another whether what was said before was of a stage with other parameters
   * @param news progress and lines, oldest first
   * @param more whether more of them are there already
   */
  public record Part(
      Experiment experiment,
      Stage stage,
      boolean another,
      List<WatchExperimentResponse> news,
      boolean more) {}
}
