package dev.kedge.gateway.watch;

import com.google.common.base.Suppliers;
import dev.kedge.contract.StageKey;
import dev.kedge.plan.Finished;
import dev.kedge.plan.Plan;
import dev.kedge.plan.PlanState;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.Planner;
import dev.kedge.plan.SpecChanges;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The keys of an experiment's stages. A stage at work has its key in no record yet; it follows from
 * the plan and from what is finished.
 */
final class StageKeys {
  private final Supplier<Plan> plan;

  StageKeys(Experiment experiment) {
    this.plan = Suppliers.memoize(() -> Planner.plan(experiment));
  }

  /** The key of a stage that is at work or was. */
  String of(Stage stage, Experiment experiment) {
    return stage.getKey().isEmpty()
        ? StageKey.of(resolved(plan.get().stage(stage.getId()), stage, experiment))
        : stage.getKey();
  }

  private static StageSpec resolved(PlannedStage planned, Stage stage, Experiment experiment) {
    Map<String, Finished> finished = new HashMap<>();
    Set<String> skipped = new HashSet<>();
    Map<String, Map<String, String>> changed = new HashMap<>();
    for (Stage other : experiment.getStagesList()) {
      changed.put(other.getId(), other.getChangedMap());
      if (other.getState() == Stage.State.SUCCEEDED) {
        finished.put(other.getId(), new Finished(other.getKey(), other.getArtifact()));
      } else if (other.getState() == Stage.State.SKIPPED) {
        skipped.add(other.getId());
      }
    }
    StageSpec spec = SpecChanges.apply(planned.spec(), stage.getChangedMap());
    return new PlanState(finished, skipped, changed).resolve(planned.with(spec));
  }
}
