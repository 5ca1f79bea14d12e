package dev.kedge.orchestrator;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What this process logs, while somebody listens. */
final class Lines extends Handler {
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  void listen() {
    Logger.getLogger("").addHandler(this);
  }

  /** Lines whose text, before anything is put into it, has this in it. */
  List<LogRecord> of(String text) {
    return records.stream().filter(record -> record.getMessage().contains(text)).toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
