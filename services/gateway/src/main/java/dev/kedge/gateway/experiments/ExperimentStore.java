package dev.kedge.gateway.experiments;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.StageName;
import dev.kedge.gateway.records.ProtoRecords;
import dev.kedge.gateway.records.Readings;
import dev.kedge.store.Digest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Experiments' records. The gateway creates and deletes them; in between, their workflow alone
 * changes them.
 */
@ApplicationScoped
public class ExperimentStore {
  private final Projects projects;
  private final Readings<Experiment> readings = new Readings<>();

  ExperimentStore(Projects projects) {
    this.projects = projects;
  }

  /** A stage; refuses a name that nothing has. */
  public Stage stage(StageName name) {
    return stage(get(name.experiment()), name);
  }

  /** A stage of a record that was read; refuses a name that nothing in it has. */
  public static Stage stage(Experiment record, StageName name) {
    return record.getStagesList().stream()
        .filter(stage -> stage.getId().equals(name.stage()))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "STAGE_NOT_FOUND",
                    "%s has no stage `%s`".formatted(name.experiment(), name.stage())));
  }

  /** The record, with what its stages wait for; refuses a name that nothing has. */
  public Experiment get(ExperimentName name) {
    return find(name)
        .map(Waiting::told)
        .orElseThrow(() -> Refusal.notFound("EXPERIMENT_NOT_FOUND", "there is no " + name));
  }

  Optional<Experiment> find(ExperimentName name) {
    return records(name.project()).find(name.id()).map(ProtoRecords.Versioned::message);
  }

  /** The experiment that a request launched before, if it did. */
  Optional<Experiment> launchedBy(String project, String requestId) {
    return requests(project)
        .find(key(requestId))
        .flatMap(request -> find(ExperimentName.parse(request.message().getName())));
  }

  /**
   * Makes the record of a launch, once for each request whoever else sends it at the same time.
   *
   * @param draft without name and times
   */
  Experiment create(String project, String freshId, Experiment.Builder draft) {
    var wanted =
        Experiment.newBuilder()
            .setName(new ExperimentName(project, freshId).toString())
            .setRequestId(draft.getRequestId())
            .build();
    // The request's record decides on the name, so that all senders make the same experiment.
    Experiment decided = requests(project).createOrFind(key(draft.getRequestId()), wanted);
    ExperimentName name = ExperimentName.parse(decided.getName());
    Timestamp now = Timestamps.now();
    draft.setName(name.toString()).setCreateTime(now).setUpdateTime(now);
    draft.getStagesBuilderList().forEach(stage -> stage.setName(name + "/stages/" + stage.getId()));
    return records(project).createOrFind(name.id(), draft.build());
  }

  /** Refuses an experiment of whose name there is one. */
  public void requireNew(Experiment experiment) {
    if (find(ExperimentName.parse(experiment.getName())).isPresent()) {
      throw Refusal.wrongState(
          "EXPERIMENT_EXISTS",
          "%s is there already: delete it, or import into another project"
              .formatted(experiment.getName()));
    }
  }

  /** Adds an experiment that was made elsewhere, unless there is one of its name. */
  public void add(Experiment experiment) {
    ExperimentName name = ExperimentName.parse(experiment.getName());
    Experiment standing = records(name.project()).createOrFind(name.id(), experiment);
    if (!standing.equals(experiment)) {
      requireNew(experiment);
    }
    Experiment unused =
        requests(name.project())
            .createOrFind(
                key(experiment.getRequestId()),
                Experiment.newBuilder()
                    .setName(experiment.getName())
                    .setRequestId(experiment.getRequestId())
                    .build());
  }

  void delete(Experiment experiment) {
    ExperimentName name = ExperimentName.parse(experiment.getName());
    records(name.project()).delete(name.id());
    String request = key(experiment.getRequestId());
    requests(name.project())
        .find(request)
        .filter(found -> found.message().getName().equals(experiment.getName()))
        .ifPresent(found -> requests(name.project()).delete(request));
  }

  ProtoRecords<Experiment> records(String project) {
    return new ProtoRecords<>(
        projects.store(project).records(),
        "experiments",
        Experiment.getDefaultInstance(),
        readings);
  }

  private ProtoRecords<Experiment> requests(String project) {
    return new ProtoRecords<>(
        projects.store(project).records(), "requests", Experiment.getDefaultInstance());
  }

  private static String key(String requestId) {
    return Digest.of(requestId.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
