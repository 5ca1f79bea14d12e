package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.Study;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanStateTest {
  private final Plan plan = PlannerTest.plan(Files.SMALL);

  @Test
  void atFirstOnlyWhatNeedsNothingIsReady() {
    assertThat(ready(new PlanState(Map.of(), Set.of(), Map.of())))
        .containsExactly(
            "prepare-photo-train",
            "prepare-sample",
            "prepare-photo-test",
            "prepare-art-test",
            "prepare-art-train");
  }

  @Test
  void aStageIsReadyOnceAllThatItNeedsIsFinished() {
    assertThat(
            ready(
                new PlanState(
                    Map.of("prepare-photo-train", finished("a"), "overlap", finished("b")),
                    Set.of(),
                    Map.of())))
        .contains("train-base", "train-full-seed0")
        .doesNotContain("evaluate-base", "train-ewc-seed0");
  }

  @Test
  void nothingThatLearnsIsReadyBeforeTheDataWasCompared() {
    Map<String, Finished> prepared = new HashMap<>();
    plan.stages().stream()
        .filter(stage -> stage.spec().hasPrepare())
        .forEach(stage -> prepared.put(stage.id(), finished(stage.id())));
    assertThat(ready(new PlanState(prepared, Set.of(), Map.of()))).containsExactly("overlap");
    assertThat(ready(new PlanState(prepared, Set.of("overlap"), Map.of())))
        .contains("train-base", "train-full-seed0");
  }

  @Test
  void whatIsLeftIsComparedWhereDataWasSkipped() {
    PlanState planState = planState(Set.of("prepare-sample"));
    assertThat(planState.resolve(plan.stage("overlap")).getOverlap().getSetsList())
        .hasSize(4)
        .noneMatch(set -> set.getPurpose() == OverlapSpec.Purpose.CALIBRATION);
    Set<String> allButOne =
        Set.of("prepare-sample", "prepare-photo-test", "prepare-art-test", "prepare-art-train");
    assertThat(planState(allButOne).isLost(plan.stage("overlap"))).isTrue();
  }

  @Test
  void aResolvedSpecHasAKeyAndNoStageIsLeftInIt() {
    var spec = planState(Set.of()).resolve(plan.stage("report"));
    assertThat(References.in(spec)).isEmpty();
    assertThat(spec.getReport().getStudy().getPoints(0).getEvaluation().getKey())
        .isEqualTo("key-evaluate-base");
    assertThat(StageKey.of(spec)).hasSize(64);
  }

  @Test
  void anUnfinishedInputCannotBeResolved() {
    assertThatThrownBy(
            () ->
                new PlanState(Map.of(), Set.of(), Map.of()).resolve(plan.stage("train-full-seed0")))
        .hasMessageContaining("prepare-photo-train");
  }

  @Test
  void whatNeedsASkippedStageIsLost() {
    PlanState planState = planState(Set.of("train-l2-lambda0.1-seed0"));
    assertThat(planState.isLost(plan.stage("evaluate-l2-lambda0.1-seed0"))).isTrue();
    assertThat(planState.isLost(plan.stage("evaluate-l2-soup"))).isTrue();
    assertThat(planState.isLost(plan.stage("evaluate-l2-lambda1-seed0"))).isFalse();
  }

  @Test
  void theReportShowsTheImportancesThatAreThere() {
    ReportSpec all = planState(Set.of()).resolve(plan.stage("report")).getReport();
    assertThat(all.getImportancesList()).hasSize(1);
    PlanState planState = planState(Set.of("fisher-sample"));
    assertThat(planState.isReady(plan.stage("report"))).isTrue();
    ReportSpec without = planState.resolve(plan.stage("report")).getReport();
    assertThat(without.getImportancesList()).isEmpty();
  }

  @Test
  void theReportComparesWhatIsLeft() {
    Set<String> skipped =
        Set.of("evaluate-full-seed0", "evaluate-full-seed1", "select", "recommended");
    PlanState planState = planState(skipped);
    assertThat(planState.isReady(plan.stage("report"))).isTrue();
    ReportSpec report = planState.resolve(plan.stage("report")).getReport();
    assertThat(report.getStudy().getPointsList())
        .noneMatch(point -> point.getMethod().equals("full"))
        .anyMatch(point -> point.getMethod().equals("l2"));
    assertThat(report.getStudy().getReference()).isEmpty();
    assertThat(report.getStudy().getLeftOutList())
        .contains("full")
        .noneMatch(label -> label.startsWith("l2"));
    assertThat(report.hasSelection() || report.hasRecommended()).isFalse();
  }

  @Test
  void labelsSayWhatWasChangedOnARetry() {
    Map<String, Map<String, String>> changed =
        Map.of(
            "train-l2-lambda0.1-seed0", Map.of("method.l2.lambda", "0.5"),
            "train-full-seed0", Map.of("optimisation.clip_norm", "1"));
    Study study = planState(Set.of(), changed).resolve(plan.stage("report")).getReport().getStudy();
    assertThat(study.getPointsList())
        .extracting(Study.Point::getLabel)
        .contains(
            "l2 λ=0.1 (changed: method.l2.lambda=0.5)",
            "l2 λ=0.1",
            "full α=0.5 (changed: optimisation.clip_norm=1)");
    assertThat(study.getReference()).isEqualTo("full (changed: optimisation.clip_norm=1)");
  }

  @Test
  void aReportOfNothingIsLost() {
    Set<String> skipped = new HashSet<>();
    plan.stages().stream()
        .map(PlannedStage::id)
        .filter(id -> id.startsWith("evaluate-"))
        .forEach(skipped::add);
    assertThat(planState(skipped).isLost(plan.stage("select"))).isTrue();
  }

  /** All but the skipped stages are finished. */
  private PlanState planState(Set<String> skipped) {
    return planState(skipped, Map.of());
  }

  private PlanState planState(Set<String> skipped, Map<String, Map<String, String>> changed) {
    Map<String, Finished> finished = new HashMap<>();
    for (PlannedStage stage : plan.stages()) {
      if (!skipped.contains(stage.id())) {
        finished.put(stage.id(), finished(stage.id()));
      }
    }
    return new PlanState(finished, skipped, changed);
  }

  private static Finished finished(String id) {
    return new Finished("key-" + id, "sha256:" + id);
  }

  private List<String> ready(PlanState planState) {
    return plan.stages().stream()
        .filter(stage -> !planState.finished().containsKey(stage.id()) && planState.isReady(stage))
        .map(PlannedStage::id)
        .toList();
  }
}
