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
 * @param after ids of stages that it reads nothing of, and yet does not begin before they are over;
 *     no part of its key
 */
public record PlannedStage(String id, StageSpec spec, Set<String> needs, Set<String> after) {
  public PlannedStage {
    needs = Collections.unmodifiableSet(new LinkedHashSet<>(needs));
    after = Collections.unmodifiableSet(new LinkedHashSet<>(after));
  }

  /** A stage that needs what its spec names, and nothing else. */
  public PlannedStage(String id, StageSpec spec) {
    this(id, spec, Set.of());
  }

  /** A stage that needs what its spec names. */
  public PlannedStage(String id, StageSpec spec, Set<String> after) {
    this(id, spec, References.in(spec), after);
  }

  /** The same stage doing something else with the same inputs. */
  public PlannedStage with(StageSpec other) {
    return new PlannedStage(id, other, needs, after);
  }

  /** Which kind of work it is. */
  public StageKind kind() {
    return StageKey.kindOf(spec);
  }

  /** Whether it can do with less: OVERLAP, SELECT and REPORT compare what is there. */
  boolean toleratesSkipped() {
    return spec.hasOverlap() || spec.hasSelect() || spec.hasReport();
  }
}
