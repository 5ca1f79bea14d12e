package dev.kedge.stage;

import java.util.Locale;

/** How a stage's life in this process ended. */
enum Outcome {
  /** It was computed and committed here. */
  COMMITTED,
  /** Its result was there already. */
  CACHED,
  /** Another process has its lease. */
  HELD,
  /** It was asked to stop: cancelled, abandoned, its lease lost, or its process going down. */
  STOPPED,
  /** It failed. */
  FAILED;

  /** As a label. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
