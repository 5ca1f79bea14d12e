package dev.kedge.gateway.experiments;

import dev.kedge.plan.Plan;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.Planner;
import dev.kedge.plan.References;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.TradeOffPoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/** How the points of reports came to be, as their experiments' plans have it. */
@ApplicationScoped
public class PointOrigins {
  private static final String REPORT = "report";

  private final NamedVersions versions;

  PointOrigins(NamedVersions versions) {
    this.versions = versions;
  }

  /**
   * How a point came to be.
   *
   * @param point of the experiment's report
   */
  public PointOrigin of(Experiment experiment, TradeOffPoint point) {
    Plan plan = Planner.plan(experiment);
    List<Study.Point> made =
        study(plan).getPointsList().stream()
            .filter(one -> point.getCandidatesList().contains(one.getCandidate()))
            .toList();
    Set<String> behind = behind(plan, made.stream().map(Study.Point::getRecipe).toList());
    List<Stage> stages =
        experiment.getStagesList().stream()
            .filter(stage -> behind.contains(stage.getId()))
            .toList();
    return new PointOrigin(
        made.stream().map(PointOrigins::candidate).toList(),
        stages,
        inputs(plan, behind, experiment));
  }

  /** Candidates that a stage's output is a part of. */
  public Set<String> candidatesOf(Experiment experiment, String stage) {
    Set<String> candidates = new HashSet<>();
    for (Study.Point point : study(Planner.plan(experiment)).getPointsList()) {
      if (References.in(point.getRecipe()).contains(stage)) {
        candidates.add(point.getCandidate());
      }
    }
    return candidates;
  }

  private static Study study(Plan plan) {
    return plan.stage(REPORT).spec().getReport().getStudy();
  }

  private static PointOrigin.Candidate candidate(Study.Point point) {
    return new PointOrigin.Candidate(
        point.getCandidate(),
        point.hasSeed() ? OptionalLong.of(point.getSeed()) : OptionalLong.empty(),
        point.getRecipe(),
        point.getEvaluation().getStage());
  }

  /** Each stage of a plan comes after those that it needs. */
  private static Set<String> behind(Plan plan, List<Recipe> recipes) {
    Set<String> behind = new HashSet<>();
    recipes.forEach(recipe -> behind.addAll(References.in(recipe)));
    for (int i = plan.stages().size() - 1; i >= 0; i--) {
      PlannedStage stage = plan.stages().get(i);
      if (behind.contains(stage.id())) {
        behind.addAll(stage.needs());
      }
    }
    return behind;
  }

  private SortedMap<String, String> inputs(Plan plan, Set<String> behind, Experiment experiment) {
    Set<String> sources = new HashSet<>();
    sources.add(experiment.getResolvedOrDefault(experiment.getSpec().getBase(), ""));
    plan.stages().stream()
        .filter(stage -> behind.contains(stage.id()))
        .filter(stage -> stage.spec().hasPrepare())
        .forEach(stage -> sources.add(stage.spec().getPrepare().getSource().getArtifact()));
    return versions.names(experiment, sources);
  }
}
