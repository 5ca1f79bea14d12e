package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.PlannedStage;
import dev.kedge.v1.PlannedStage.Outcome;
import org.junit.jupiter.api.Test;

class PlanViewTest {
  @Test
  void stagesOfALongPlanAreGroupedByKindOutcomeAndReason() {
    var plan = PlanExperimentResponse.newBuilder();
    add(plan, "prepare-a", "PREPARE", Outcome.CACHED, "the result of key 0123456789ab… is there");
    add(plan, "prepare-b", "PREPARE", Outcome.CACHED, "the result of key 9123456789ab… is there");
    add(plan, "prepare-c", "PREPARE", Outcome.WILL_RUN, "the result of key 9a… lacks index.json");
    for (int i = 0; i < 60; i++) {
      add(plan, "train-" + i, "TRAIN", Outcome.UNKNOWN, "unknown until prepare-c has run");
      String because = "unknown until train-%d and 1 more have run".formatted(i);
      add(plan, "evaluate-" + i, "EVALUATE", Outcome.UNKNOWN, because);
    }

    assertThat(PlanView.of(plan.build(), false))
        .isEqualTo(
            """
            STAGE                   KIND      OUTCOME   BECAUSE
            prepare-a and 1 more    PREPARE   cached    the result of key 0123456789ab… is there, and the like
            prepare-c               PREPARE   will run  the result of key 9a… lacks index.json
            train-0 and 59 more     TRAIN     unknown   unknown until prepare-c has run
            evaluate-0 and 59 more  EVALUATE  unknown   unknown until train-0 and 1 more have run, and the like
            123 stages: 2 cached, 1 will run, 120 unknown""");
    assertThat(PlanView.of(plan.build(), true).lines()).hasSize(125);
  }

  private static void add(
      PlanExperimentResponse.Builder plan,
      String id,
      String kind,
      Outcome outcome,
      String because) {
    plan.addStages(
        PlannedStage.newBuilder().setId(id).setKind(kind).setOutcome(outcome).setBecause(because));
  }
}
