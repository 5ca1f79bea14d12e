package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The evidence under an experiment's report: what its EVALUATE stages said of every sample. */
@ApplicationScoped
public class SamplePredictions {
  private final Projects projects;
  private final ExperimentStore experiments;

  SamplePredictions(Projects projects, ExperimentStore experiments) {
    this.projects = projects;
    this.experiments = experiments;
  }

  /** Sends what is asked for, one candidate on one suite after the other. */
  public void list(ListPredictionsRequest request, Consumer<ListPredictionsResponse> to) {
    ExperimentName name = ExperimentName.parse(request.getName());
    List<EvaluationFiles> evaluations = evaluations(name);
    boolean found = false;
    for (EvaluationFiles evaluation : evaluations) {
      for (EvaluationFiles.Entry entry : evaluation.entries()) {
        if (isAskedFor(entry, request)) {
          PredictionMessages.of(entry, evaluation.predictions(entry)).forEach(to);
          found = true;
        }
      }
    }
    if (!found) {
      throw notThere(request, evaluations);
    }
  }

  private List<EvaluationFiles> evaluations(ExperimentName name) {
    Experiment experiment = experiments.get(name);
    ProjectStore store = projects.store(name.project());
    List<EvaluationFiles> evaluations =
        experiment.getStagesList().stream()
            .filter(stage -> stage.getKind().equals(StageKind.EVALUATE.name()))
            .filter(stage -> stage.getState() == Stage.State.SUCCEEDED)
            .map(stage -> EvaluationFiles.open(store, Digest.parse(stage.getArtifact())))
            .toList();
    if (evaluations.isEmpty()) {
      throw Refusal.wrongState(
          "NO_PREDICTIONS_YET",
          "%s is %s and has evaluated nothing yet: kedge watch tells when it has"
              .formatted(name, experiment.getState()));
    }
    return evaluations;
  }

  private static boolean isAskedFor(EvaluationFiles.Entry entry, ListPredictionsRequest request) {
    return (request.getSuite().isEmpty() || request.getSuite().equals(entry.suite()))
        && (request.getCandidate().isEmpty() || request.getCandidate().equals(entry.candidate()));
  }

  private static Refusal notThere(
      ListPredictionsRequest request, List<EvaluationFiles> evaluations) {
    var suites = new TreeSet<String>();
    var candidates = new TreeSet<String>();
    for (EvaluationFiles evaluation : evaluations) {
      for (EvaluationFiles.Entry entry : evaluation.entries()) {
        suites.add(entry.suite());
        candidates.add(entry.candidate());
      }
    }
    return Refusal.notFound(
        "PREDICTIONS_NOT_FOUND",
        "there are no predictions of candidate `%s` on suite `%s`: the suites are %s, the candidates"
                .formatted(request.getCandidate(), request.getSuite(), suites)
            + " %s".formatted(candidates));
  }
}
