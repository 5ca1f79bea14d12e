package dev.kedge.gateway.pages;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an experiment's stages have said last: each in its last attempt. */
final class LastWords {
  private static final int MOST_LINES = 12;

  private final Map<String, Integer> attempts = new HashMap<>();
  private final Map<String, StageProgress> progress = new HashMap<>();
  private final Map<String, Deque<LineView>> lines = new HashMap<>();

  /** Forgets what is of former attempts; before it hears what the record's stages say. */
  void see(Experiment experiment) {
    for (Stage stage : experiment.getStagesList()) {
      Integer before = attempts.put(stage.getId(), stage.getAttempts());
      boolean another = before != null && before != stage.getAttempts();
      if (another || isToRunAgain(stage)) {
        progress.remove(stage.getId());
        lines.remove(stage.getId());
      }
    }
  }

  /** One that waits to go on by itself keeps its key, and what led up to that. */
  private static boolean isToRunAgain(Stage stage) {
    return stage.getState() == Stage.State.WAITING && stage.getKey().isEmpty();
  }

  void hear(WatchExperimentResponse news) {
    switch (news.getEventCase()) {
      case PROGRESS -> progress.put(news.getProgress().getStage(), news.getProgress());
      case LOG -> {
        Deque<LineView> of =
            lines.computeIfAbsent(news.getLog().getStage(), any -> new ArrayDeque<>());
        of.addLast(LineView.of(news.getLog()));
        if (of.size() > MOST_LINES) {
          of.removeFirst();
        }
      }
      default -> {}
    }
  }

  Optional<StageProgress> progress(Stage stage) {
    return Optional.ofNullable(progress.get(stage.getId()));
  }

  /** Oldest first. */
  List<LineView> lines(Stage stage) {
    return List.copyOf(lines.getOrDefault(stage.getId(), new ArrayDeque<>()));
  }
}
