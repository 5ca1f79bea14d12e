package dev.kedge.experiment;

import dev.kedge.stage.v1.Inspection;

/** What came of an inspection. */
public sealed interface Inspected {
  /**
   * An orchestrator asked all workers.
   *
   * @param inspection what they said
   */
  record Answered(Inspection inspection) implements Inspected {}

  /** No orchestrator took the question up. */
  record Untaken() implements Inspected {}

  /**
   * An orchestrator took the question up and has no answer, for example one of an older version,
   * which does not know such questions.
   *
   * @param why as it said
   */
  record Failed(String why) implements Inspected {}

  /**
   * Temporal did not take the question.
   *
   * @param why as it said
   */
  record Refused(String why) implements Inspected {}
}
