package dev.kedge.gateway.experiments;

import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.access.Caller;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.StageName;
import dev.kedge.gateway.records.Page;
import dev.kedge.gateway.records.ProtoRecords.Entry;
import dev.kedge.plan.LimitRules;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Predicate;

/** Reading and operating experiments. */
@ApplicationScoped
public class Experiments {
  private static final int SCANNED_AT_ONCE = 100;

  private final ExperimentStore store;
  private final ExperimentControl control;

  Experiments(ExperimentStore store, ExperimentControl control) {
    this.store = store;
    this.control = control;
  }

  /** One experiment. */
  public Experiment get(String name) {
    return store.get(ExperimentName.parse(name));
  }

  /** Experiments, newest first, without their stages. */
  public ListExperimentsResponse list(ListExperimentsRequest request) {
    ListExperimentsResponse.Builder whole = listWhole(request).toBuilder();
    whole.getExperimentsBuilderList().forEach(Experiment.Builder::clearStages);
    return whole.build();
  }

  /** The same with their stages. */
  public ListExperimentsResponse listWhole(ListExperimentsRequest request) {
    ProjectName project = ProjectName.parse(request.getParent());
    Predicate<Experiment> filter = ExperimentFilter.parse(request.getFilter());
    Page page = Page.of(request.getPageSize(), request.getPageToken());
    var answer = ListExperimentsResponse.newBuilder();
    String after = page.after();
    List<Entry<Experiment>> scanned;
    do {
      scanned = store.records(project.project()).list(after, SCANNED_AT_ONCE);
      for (Entry<Experiment> entry : scanned) {
        if (answer.getExperimentsCount() == page.size()) {
          return answer.setNextPageToken(after).build();
        }
        after = entry.id();
        if (entry.message().isEmpty()) {
          answer.addUnreachable(new ExperimentName(project.project(), entry.id()).toString());
        }
        entry.message().filter(filter).ifPresent(answer::addExperiments);
      }
    } while (scanned.size() == SCANNED_AT_ONCE);
    return answer.build();
  }

  /** Stops the work; what is stopped already stays so. */
  public Experiment cancel(String name) {
    ExperimentName experiment = ExperimentName.parse(name);
    if (store.get(experiment).getState() != Experiment.State.CANCELLED) {
      control.cancel(experiment, Caller.current().name());
    }
    return store.get(experiment);
  }

  /** Begins nothing more and stops what is at work; what is paused already stays so. */
  public Experiment pause(String name) {
    ExperimentName experiment = ExperimentName.parse(name);
    if (store.get(experiment).getState() != Experiment.State.PAUSED) {
      control.pause(experiment, Caller.current().name());
    }
    return store.get(experiment);
  }

  /** Goes on with what is paused. */
  public Experiment resume(ResumeExperimentRequest request) {
    ExperimentName experiment = ExperimentName.parse(request.getName());
    store.get(experiment);
    Submission.refuse(LimitRules.check(request.getLimits()), "LIMITS_INVALID", "the limits have");
    control.resume(experiment, request.getLimits(), Caller.current().name());
    return store.get(experiment);
  }

  /** Runs a stage again. */
  public Experiment retry(RetryStageRequest request) {
    StageName stage = required(request.getName());
    control.retry(
        stage.experiment(), stage.stage(), request.getChangesMap(), Caller.current().name());
    return store.get(stage.experiment());
  }

  /** Gives a stage up, or says what would be given up with it. */
  public Experiment skip(SkipStageRequest request) {
    StageName stage = required(request.getName());
    if (request.getValidateOnly()) {
      return Waiting.told(control.previewSkip(store.get(stage.experiment()), stage.stage()));
    }
    control.skip(stage.experiment(), stage.stage(), Caller.current().name());
    return store.get(stage.experiment());
  }

  /** Removes the record of what has ended. */
  public void delete(String name) {
    Experiment experiment = get(name);
    switch (experiment.getState()) {
      case SUCCEEDED, CANCELLED -> store.delete(experiment);
      default ->
          throw Refusal.wrongState(
              "NOT_ENDED",
              "%s is %s: cancel it before it is deleted".formatted(name, experiment.getState()));
    }
  }

  private StageName required(String name) {
    StageName stage = StageName.parse(name);
    store.stage(stage);
    return stage;
  }
}
