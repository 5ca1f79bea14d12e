package dev.kedge.gateway.pages;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.StageLog;

/**
 * A line of a stage's log.
 *
 * @param time when
 * @param warning whether it is to be looked at
 * @param text what
 */
public record LineView(Timestamp time, boolean warning, String text) {
  static LineView of(StageLog line) {
    return new LineView(line.getTime(), line.getLevel().equals("WARNING"), line.getText());
  }
}
