package dev.kedge.gateway.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.gateway.Projects;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.CheckpointName;
import dev.kedge.gateway.name.Ids;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.VersionReference;
import dev.kedge.gateway.records.Page;
import dev.kedge.gateway.records.ProtoRecords;
import dev.kedge.gateway.records.ProtoRecords.Entry;
import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.store.Artifact;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.Blob;
import dev.kedge.store.Digest;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.StoreException;
import dev.kedge.v1.GetModelVersionRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.ListModelsRequest;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import dev.kedge.v1.PromoteCheckpointRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A project's models. The record of a model holds all its versions, oldest first, each with the
 * aliases that point to it.
 */
@ApplicationScoped
public class ModelRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LISTED_AT_ONCE = 100;

  private final Projects projects;

  ModelRegistry(Projects projects) {
    this.projects = projects;
  }

  /** Checks uploaded files and registers them; what is the newest version already stays it. */
  public ModelVersion register(ImportModelRequest request) {
    ProjectName project = ProjectName.parse(request.getParent());
    String id = Ids.require(request.getModelId(), "model_id");
    Pickles.refuse(request.getFilesList());
    ProjectStore store = projects.store(project);
    Digest uploaded = UploadedFiles.store(store, UploadedModel.KIND, request.getFilesList());
    Digest artifact =
        new UploadedModel(store, uploaded)
            .whole(request.getBase(), base -> artifact(project, base));
    ModelVersion.Builder version = ModelVersion.newBuilder().setOrigin(request.getOrigin());
    return add(project, id, artifact, check(store, artifact), version, "");
  }

  /** Registers a version of another installation under its name, unless the project has that. */
  public void adopt(ProjectName project, ModelVersion version) {
    VersionReference reference =
        VersionReference.parse(
            "models", VersionReference.project(version.getName()), version.getName());
    String name = project + "/models/" + reference.id();
    ListModelsResponse unused =
        records(project)
            .createOrFind(
                reference.id(),
                ModelVersions.with(
                    ListModelsResponse.getDefaultInstance(),
                    name,
                    version.toBuilder().clearAliases().clearExperiment(),
                    ""));
  }

  /** Registers a checkpoint and points an alias to it; the experiment is taken as it is named. */
  public ModelVersion promote(PromoteCheckpointRequest request) {
    CheckpointName checkpoint = CheckpointName.parse(request.getName());
    String id = Ids.require(request.getModelId(), "model_id");
    String alias = request.getAlias();
    if (!alias.isEmpty()) {
      Ids.require(alias, "alias");
    }
    ProjectName project = new ProjectName(checkpoint.project());
    ModelVersion.Builder version =
        ModelVersion.newBuilder()
            .setOrigin(ModelVersions.CHECKPOINTS + checkpoint.artifact().hex())
            .setExperiment(request.getExperiment());
    return add(project, id, checkpoint.artifact(), check(checkpoint), version, alias);
  }

  /** One version. */
  public ModelVersion get(GetModelVersionRequest request) {
    ProjectName project = VersionReference.project(request.getName());
    VersionReference reference = VersionReference.parse("models", project, request.getName());
    return find(project, reference)
        .orElseThrow(() -> Refusal.notFound("MODEL_NOT_FOUND", "there is no " + request.getName()));
  }

  /** One version, if there is such. */
  public Optional<ModelVersion> find(ProjectName project, VersionReference reference) {
    return records(project)
        .find(reference.id())
        .flatMap(record -> choose(record.message().getModelsList(), reference));
  }

  /** The newest version with these files, if there is such. */
  public Optional<ModelVersion> find(ProjectName project, String id, String artifact) {
    return records(project)
        .find(id)
        .flatMap(
            record ->
                record.message().getModelsList().stream()
                    .filter(version -> version.getArtifact().equals(artifact))
                    .reduce((older, newer) -> newer));
  }

  /**
   * The {@code config.json} of a registered model.
   *
   * @throws Refusal if it is spoilt or missing in the store
   */
  public JsonNode config(ProjectName project, Digest artifact) {
    ProjectStore store = projects.store(project);
    try {
      Blob config = store.artifacts().get(artifact).files().get(ConfigFile.NAME);
      return JSON.readTree(store.blobs().read(config));
    } catch (StoreException.Corrupt | StoreException.NotFound e) {
      throw Refusal.lost(
          "MODEL_LOST",
          "%s of the model is spoilt or missing in the store: import the model again"
              .formatted(ConfigFile.NAME),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(ConfigFile.NAME + " is no JSON, though it was checked", e);
    }
  }

  /** Versions of all models that have the files of one of these artifacts. */
  public List<ModelVersion> withFiles(ProjectName project, Set<String> artifacts) {
    List<ModelVersion> found = new ArrayList<>();
    String after = "";
    List<Entry<ListModelsResponse>> page;
    do {
      page = records(project).list(after, LISTED_AT_ONCE);
      for (Entry<ListModelsResponse> entry : page) {
        after = entry.id();
        entry.message().stream()
            .flatMap(record -> record.getModelsList().stream())
            .filter(version -> artifacts.contains(version.getArtifact()))
            .forEach(found::add);
      }
    } while (page.size() == LISTED_AT_ONCE);
    return found;
  }

  /** All versions of one, oldest first; refuses a name that nothing has. */
  public List<ModelVersion> versions(ProjectName project, String id) {
    return records(project)
        .find(id)
        .map(record -> record.message().getModelsList())
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "MODEL_NOT_FOUND", "there is no %s/models/%s".formatted(project, id)));
  }

  /** The newest version of each. */
  public ListModelsResponse list(ListModelsRequest request) {
    Page page = Page.of(request.getPageSize(), request.getPageToken());
    ProjectName project = ProjectName.parse(request.getParent());
    var entries = records(project).list(page.after(), page.size());
    var answer = ListModelsResponse.newBuilder();
    for (Entry<ListModelsResponse> entry : entries) {
      entry
          .message()
          .ifPresentOrElse(
              record -> answer.addModels(newest(record.getModelsList())),
              () -> answer.addUnreachable(project + "/models/" + entry.id()));
    }
    if (entries.size() == page.size()) {
      answer.setNextPageToken(entries.get(entries.size() - 1).id());
    }
    return answer.build();
  }

  private ModelVersion add(
      ProjectName project,
      String id,
      Digest artifact,
      CheckedModel model,
      ModelVersion.Builder version,
      String alias) {
    version
        .setArtifact(artifact.toString())
        .setFamily(model.family())
        .setParameters(model.parameters());
    ListModelsResponse record =
        records(project)
            .update(
                id,
                before -> ModelVersions.with(before, project + "/models/" + id, version, alias));
    return newest(record.getModelsList());
  }

  private Digest artifact(ProjectName project, String name) {
    VersionReference reference = VersionReference.parse("models", project, name);
    return find(project, reference)
        .map(version -> Digest.parse(version.getArtifact()))
        .orElseThrow(() -> Refusal.notFound("MODEL_NOT_FOUND", "there is no " + name));
  }

  private CheckedModel check(CheckpointName checkpoint) {
    ProjectStore store = projects.store(checkpoint.project());
    Artifact artifact = Checkpoints.require(store, checkpoint);
    try (ArtifactView view = Checkpoints.open(store, checkpoint, artifact)) {
      return CheckedModel.of(view.path());
    }
  }

  private static CheckedModel check(ProjectStore store, Digest artifact) {
    try (ArtifactView view = DiskRoom.laidOut(store, artifact)) {
      return CheckedModel.of(view.path());
    }
  }

  private static Optional<ModelVersion> choose(
      List<ModelVersion> versions, VersionReference reference) {
    if (reference.alias().isPresent()) {
      return versions.stream()
          .filter(version -> version.getAliasesList().contains(reference.alias().get()))
          .findFirst();
    }
    int number = reference.version().orElse(versions.size());
    return number <= versions.size() ? Optional.of(versions.get(number - 1)) : Optional.empty();
  }

  private static ModelVersion newest(List<ModelVersion> versions) {
    return versions.get(versions.size() - 1);
  }

  private ProtoRecords<ListModelsResponse> records(ProjectName project) {
    return new ProtoRecords<>(
        projects.store(project).records(), "models", ListModelsResponse.getDefaultInstance());
  }
}
