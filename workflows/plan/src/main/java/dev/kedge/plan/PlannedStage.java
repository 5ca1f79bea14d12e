package dev.kedge.plan;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import java.util.Set;

/**
 * One stage of a plan.
 *
 * @param id unique in the plan: lower-case letters, digits, `-` and `.`
 * @param spec what it does; inputs that other stages make are named by those stages' ids
 */
public record PlannedStage(String id, StageSpec spec) {
  /** Ids of the stages that it needs, in the order of its spec. */
  public Set<String> needs() {
    return References.in(spec);
  }

  public StageKind kind() {
    return StageKey.kindOf(spec);
  }

  /** Whether it can do with less: SELECT and REPORT compare what is there. */
  boolean toleratesSkipped() {
    return spec.hasSelect() || spec.hasReport();
  }
}
