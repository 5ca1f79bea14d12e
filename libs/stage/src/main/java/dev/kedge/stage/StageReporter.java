package dev.kedge.stage;

import dev.kedge.stage.v1.LogLine;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.StageEvent;
import java.time.Duration;

/** Puts what a stage says into its event stream; its lines are in the process's log, too. */
final class StageReporter {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(2);

  private final EventStream events;
  private final StageLog log;
  private final ProgressThrottle throttle;

  StageReporter(EventStream events, StageLog log) {
    this.events = events;
    this.log = log;
    this.throttle =
        new ProgressThrottle(
            PROGRESS_INTERVAL,
            progress -> events.publish(StageEvent.newBuilder().setProgress(progress)));
  }

  void progress(Progress progress) {
    throttle.offer(progress);
  }

  /** Says the newest progress that was held back. */
  void flush() {
    throttle.flush();
  }

  void log(LogLine.Level level, String text) {
    log.line(level, text);
    tell(level, text);
  }

  /** A line for those who follow the stage alone. */
  void tell(LogLine.Level level, String text) {
    LogLine line = LogLine.newBuilder().setLevel(level).setText(text).build();
    events.publish(StageEvent.newBuilder().setLog(line));
  }

  void info(String text) {
    log(LogLine.Level.INFO, text);
  }

  void warn(String text) {
    log(LogLine.Level.WARNING, text);
  }
}
