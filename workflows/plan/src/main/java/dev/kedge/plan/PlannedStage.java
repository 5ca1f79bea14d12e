package dev.kedge.plan;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One stage of a plan.
 *
 * @param id unique in the plan: lower-case letters, digits, `-` and `.`
 * @param spec what it does; inputs that other stages make are named by those stages' ids
 * @param needs ids of the stages that the spec names, in its order
 */
public record PlannedStage(String id, StageSpec spec, Set<String> needs) {
  public PlannedStage {
    needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
  }

  /** A stage that needs what its spec names. */
  public PlannedStage(String id, StageSpec spec) {
    this(id, spec, References.in(spec));
  }

  /** Which kind of work it is. */
  public StageKind kind() {
    return StageKey.kindOf(spec);
  }

  /** Whether it can do with less: SELECT and REPORT compare what is there. */
  boolean toleratesSkipped() {
    return spec.hasSelect() || spec.hasReport();
  }
}
