package dev.kedge.gateway.watch;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WatchExperimentResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One client's view of one experiment. Not for several threads at once. */
public final class Watch {
  private static final int PAGE = 200;

  /** Events come into a log at most 2 s late. */
  private static final Duration LATEST_EVENT = Duration.ofSeconds(3);

  private final ProjectStore store;
  private final WatchCursor cursor;
  private final Consumer<WatchExperimentResponse> to;

  /** When those parked stages had ended whose logs were read to the end; by their positions. */
  private final Map<Integer, Timestamp> read = new HashMap<>();

  private StageKeys keys;

  Watch(ProjectStore store, WatchCursor cursor, Consumer<WatchExperimentResponse> to) {
    this.store = store;
    this.cursor = cursor;
    this.to = to;
  }

  /**
   * Tells what is new.
   *
   * @return whether all is told and nothing more will come before somebody acts
   */
  public boolean tell(Experiment experiment) {
    boolean drained = true;
    for (int i = 0; i < experiment.getStagesCount(); i++) {
      drained &= tellStage(i, experiment);
    }
    if (cursor.sees(version(experiment))) {
      send(WatchExperimentResponse.newBuilder().setExperiment(experiment));
    }
    return drained && isAtRest(experiment.getState());
  }

  /** With time a record also says other things of what its stages wait for. */
  private static String version(Experiment experiment) {
    int waits = experiment.getStagesList().stream().map(Stage::getWaitsFor).toList().hashCode();
    return Timestamps.toNanos(experiment.getUpdateTime()) + Integer.toUnsignedString(waits);
  }

  /** Tells what is new of one stage; the answer is whether nothing more will come. */
  private boolean tellStage(int index, Experiment experiment) {
    Stage stage = experiment.getStages(index);
    switch (stage.getState()) {
      case WAITING -> {
        cursor.reopen(index);
        return true;
      }
      case RUNNING -> {
        cursor.reopen(index);
        tellLog(index, stage, experiment);
        return false;
      }
      default -> {
        if (isRead(index, stage)) {
          return true;
        }
        if (!cursor.isDone(index) && isWorthReading(stage)) {
          return tellEnd(index, stage, experiment);
        }
        cursor.finish(index);
        return true;
      }
    }
  }

  /** Nothing comes into a parked stage's log before it is run again. */
  private boolean isRead(int index, Stage stage) {
    return stage.getState() == Stage.State.PARKED && stage.getEndTime().equals(read.get(index));
  }

  /** A parked stage's place is kept: a retry goes on in the same log. */
  private boolean tellEnd(int index, Stage stage, Experiment experiment) {
    boolean ended = tellLog(index, stage, experiment);
    if (ended && stage.getState() == Stage.State.PARKED) {
      read.put(index, stage.getEndTime());
    } else if (ended) {
      cursor.finish(index);
    }
    return ended;
  }

  /** A page of the log; the answer is whether nothing more will come into it. */
  private boolean tellLog(int index, Stage stage, Experiment experiment) {
    String key = keys(experiment).of(stage, experiment);
    List<dev.kedge.store.StageEvent> page =
        store.events(key).read(cursor.position(index, key), PAGE);
    boolean ended = page.size() < PAGE && isOld(stage.getEndTime());
    for (dev.kedge.store.StageEvent entry : page) {
      StageEvent event = StageNews.read(entry);
      cursor.advance(index, key, entry.cursor());
      if (isOfThisRun(event, stage)) {
        StageNews.of(stage.getId(), event).ifPresent(this::send);
      }
      ended |= event.hasResult();
    }
    return ended;
  }

  private StageKeys keys(Experiment experiment) {
    if (keys == null) {
      keys = new StageKeys(experiment);
    }
    return keys;
  }

  private void send(WatchExperimentResponse.Builder news) {
    to.accept(news.setCursor(cursor.toString()).build());
  }

  /** What came from the cache was logged for somebody else; what never ran has no log. */
  private static boolean isWorthReading(Stage stage) {
    return !stage.getCached() && !stage.getKey().isEmpty();
  }

  /** A result that is there already has the log of those who made it, until that is noticed. */
  private static boolean isOfThisRun(StageEvent event, Stage stage) {
    return !event.hasTime()
        || !stage.hasStartTime()
        || Timestamps.compare(event.getTime(), stage.getStartTime()) >= 0;
  }

  private static boolean isOld(Timestamp end) {
    return Durations.toMillis(Timestamps.between(end, Timestamps.now())) > LATEST_EVENT.toMillis();
  }

  private static boolean isAtRest(Experiment.State state) {
    return switch (state) {
      case SUCCEEDED, CANCELLED, ATTENTION, PAUSED -> true;
      default -> false;
    };
  }
}
