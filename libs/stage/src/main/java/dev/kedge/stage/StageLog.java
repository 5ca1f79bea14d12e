package dev.kedge.stage;

import dev.kedge.contract.Requester;
import dev.kedge.stage.v1.LogLine;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * The process's own log of one stage. Each line that is written meanwhile on a thread of the stage,
 * and on those that it starts, carries the fields {@code project}, {@code experiment}, {@code
 * stage}, {@code kind}, {@code key} and {@code attempt}, and the ids of its span where it has one.
 */
final class StageLog {
  private static final Logger LOG = Logger.getLogger(StageLog.class);

  private final StageId id;
  private volatile Map<String, String> fields;

  /**
   * @param first who asked first: others may have joined by the time a line is written
   * @param more fields that its lines have as well
   */
  StageLog(StageRequest first, Map<String, String> more) {
    this.id = first.id();
    var known = new TreeMap<>(more);
    known.put("project", id.project());
    known.put("key", id.key());
    known.put("kind", first.kind().name());
    Optional<Requester> requester = Requester.parse(first.requester());
    requester.ifPresent(of -> known.put("experiment", of.experiment()));
    known.put("stage", requester.map(Requester::stage).orElse(first.requester()));
    this.fields = known;
  }

  /** From now on this attempt speaks, on the calling thread too. */
  void attempt(long number) {
    var more = new TreeMap<>(fields);
    more.put("attempt", Long.toString(number));
    fields = more;
    more.forEach(MDC::put);
  }

  /** Does work whose lines are this stage's. */
  <T> T during(Supplier<T> work) {
    Map<String, Object> before = new HashMap<>(MDC.getMap());
    fields.forEach(MDC::put);
    try {
      return work.get();
    } finally {
      MDC.clear();
      before.forEach(MDC::put);
    }
  }

  /** Threads whose lines are this stage's. */
  Executor on(Executor threads) {
    return task -> threads.execute(() -> speaking(task));
  }

  private void speaking(Runnable work) {
    during(
        () -> {
          work.run();
          return true;
        });
  }

  void line(LogLine.Level level, String text) {
    Logger.Level grave = level == LogLine.Level.WARNING ? Logger.Level.WARN : Logger.Level.INFO;
    speaking(() -> LOG.logf(grave, "stage %s: %s", id, text));
  }

  /** It ended without a result; a bug is told with where it came from. */
  void failed(Throwable failure) {
    if (StageFailures.isBug(failure)) {
      LOG.errorf(failure, "stage %s ends without a result", id);
    } else {
      LOG.infof("stage %s ends without a result: %s", id, failure.getMessage());
    }
  }
}
