package dev.kedge.evaluation;

import dev.kedge.stage.StageException;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be found wrong with an evaluation before anything is opened. */
final class EvaluationRules {
  /** Ids become names of files. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=-]{0,127}");

  private EvaluationRules() {}

  /**
   * Refuses a spec that cannot be computed.
   *
   * @throws StageException blaming the user
   */
  static void check(EvaluateSpec spec) {
    checkIds(
        "candidate", spec.getCandidatesList().stream().map(EvaluateSpec.Candidate::getId).toList());
    checkIds("suite", spec.getSuitesList().stream().map(EvaluateSpec.Suite::getId).toList());
    if (spec.getThreads() < 1) {
      throw refusal("threads is %d; give at least 1".formatted(spec.getThreads()));
    }
  }

  private static void checkIds(String what, List<String> ids) {
    if (ids.isEmpty()) {
      throw refusal("the stage has no %s; give at least one".formatted(what));
    }
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (!ID.matcher(id).matches()) {
        throw refusal("%s id '%s' must match %s".formatted(what, id, ID));
      }
      if (!seen.add(id)) {
        throw refusal("%s id '%s' is given twice; ids are unique".formatted(what, id));
      }
    }
  }

  /** What one candidate and one suite cannot do together. */
  static StageException refusal(CandidateOnSuite pair, String complaint) {
    return refusal(
        "candidate '%s' on suite '%s': %s"
            .formatted(pair.candidate().id(), pair.suite().getId(), complaint));
  }

  static StageException refusal(String message) {
    return StageException.user("BAD_EVALUATION", message);
  }
}
