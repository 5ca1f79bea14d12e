package dev.kedge.gateway.experiments;

import dev.kedge.contract.StageKey;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.plan.Finished;
import dev.kedge.plan.PlannedStage;
import dev.kedge.plan.References;
import dev.kedge.plan.Workload;
import dev.kedge.store.StageLookup;
import dev.kedge.store.StageResults;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.PlannedStage.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what a launch would do: a stage's key is known once the results before it are. */
@ApplicationScoped
public class PlanPreview {
  private static final int SHOWN_KEY_DIGITS = 12;

  private final Projects projects;
  private final ModelRegistry models;
  private final DatasetRegistry datasets;

  PlanPreview(Projects projects, ModelRegistry models, DatasetRegistry datasets) {
    this.projects = projects;
    this.models = models;
    this.datasets = datasets;
  }

  /** The stages in order, each with what is known of it. */
  public PlanExperimentResponse preview(PlanExperimentRequest request) {
    ProjectName project = ProjectName.parse(request.getParent());
    var catalog = new StoreCatalog(project, models, datasets);
    Submission submission = Submission.of(request.getDisplayName(), request.getSpec(), catalog);
    StageResults results = projects.store(project).results();
    Map<String, Finished> finished = new HashMap<>();
    var answer = PlanExperimentResponse.newBuilder();
    for (PlannedStage stage : submission.plan().stages()) {
      answer.addStages(preview(stage, results, finished));
    }
    List<PlannedStage> toRun =
        submission.plan().stages().stream()
            .filter(stage -> !finished.containsKey(stage.id()))
            .toList();
    return answer.setWorkload(workload(submission, toRun, catalog)).build();
  }

  private static dev.kedge.v1.Workload workload(
      Submission submission, List<PlannedStage> toRun, StoreCatalog catalog) {
    Workload work = Workload.of(submission.plan(), toRun, catalog.sizes());
    return dev.kedge.v1.Workload.newBuilder()
        .setTrainings(work.trainings())
        .setLearntSamples(work.learntSamples())
        .setTestedSamples(work.testedSamples())
        .setStoredBytes(work.storedBytes())
        .build();
  }

  /** Looks at one stage; one that is cached is added to those that are finished. */
  private static dev.kedge.v1.PlannedStage preview(
      PlannedStage stage, StageResults results, Map<String, Finished> finished) {
    var answer =
        dev.kedge.v1.PlannedStage.newBuilder()
            .setId(stage.id())
            .setKind(stage.kind().name())
            .addAllNeeds(stage.needs())
            .addAllAfter(stage.after());
    List<String> before =
        stage.needs().stream().filter(need -> !finished.containsKey(need)).toList();
    if (!before.isEmpty()) {
      return answer
          .setOutcome(Outcome.UNKNOWN)
          .setBecause(
              "unknown until %s run"
                  .formatted(first(before) + (before.size() == 1 ? " has" : " have")))
          .build();
    }
    String key = StageKey.of(References.resolve(stage.spec(), finished));
    answer.setKey(key);
    StageLookup found = results.find(key);
    if (found instanceof StageLookup.Intact intact) {
      finished.put(stage.id(), new Finished(key, intact.result().artifact().toString()));
    }
    return describe(answer, key.substring(0, SHOWN_KEY_DIGITS), found).build();
  }

  private static dev.kedge.v1.PlannedStage.Builder describe(
      dev.kedge.v1.PlannedStage.Builder answer, String key, StageLookup found) {
    if (found instanceof StageLookup.Intact) {
      return answer
          .setOutcome(Outcome.CACHED)
          .setBecause("the result of key %s… is there, each file with its size".formatted(key));
    }
    if (found instanceof StageLookup.Broken broken) {
      return answer
          .setOutcome(Outcome.WILL_RUN)
          .setBecause("the result of key %s… lacks %s".formatted(key, first(broken.missing())));
    }
    return answer
        .setOutcome(Outcome.WILL_RUN)
        .setBecause("there is no result for key %s…".formatted(key));
  }

  private static String first(List<String> names) {
    return names.size() == 1
        ? names.get(0)
        : "%s and %d more".formatted(names.get(0), names.size() - 1);
  }
}
