package dev.kedge.store;

import java.util.List;

/** What is known of a stage's result. */
public sealed interface StageLookup {
  /** The stage was never committed, or what its commit says cannot be read any more. */
  record Absent() implements StageLookup {}

  /**
   * The result can be used.
   *
   * @param result as committed; its artifact is there
   */
  record Intact(StageResult result) implements StageLookup {}

  /**
   * The stage was committed, but its output is not there any more; it has to run again.
   *
   * @param missing what is gone, in words
   */
  record Broken(StageResult result, List<String> missing) implements StageLookup {}
}
