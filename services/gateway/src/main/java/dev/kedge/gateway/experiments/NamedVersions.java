package dev.kedge.gateway.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.plan.Resolution;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ListDatasetsResponse;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The registered models and data sets that an experiment's file names, for an installation where
 * they are not: without them the experiment could be looked at there, and not be forked.
 */
@ApplicationScoped
public class NamedVersions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODELS = "models";
  private static final String DATASETS = "datasets";

  private final ModelRegistry models;
  private final DatasetRegistry datasets;

  NamedVersions(ModelRegistry models, DatasetRegistry datasets) {
    this.models = models;
    this.datasets = datasets;
  }

  /** As they were at the experiment's launch. */
  public JsonNode of(Experiment experiment) {
    StoreCatalog catalog = catalog(experiment);
    ListModelsResponse.Builder namedModels = ListModelsResponse.newBuilder();
    ListDatasetsResponse.Builder namedDatasets = ListDatasetsResponse.newBuilder();
    for (String reference : experiment.getResolvedMap().keySet()) {
      catalog.modelVersion(reference).ifPresent(namedModels::addModels);
      catalog.datasetVersion(reference).ifPresent(namedDatasets::addDatasets);
    }
    ObjectNode named = JSON.createObjectNode();
    named.set(MODELS, json(namedModels.build()));
    named.set(DATASETS, json(namedDatasets.build()));
    return named;
  }

  /**
   * The names of versions by what the file calls them; what is not registered any more is not among
   * them.
   *
   * @param artifacts of the versions that are looked for
   */
  public SortedMap<String, String> names(Experiment experiment, Set<String> artifacts) {
    StoreCatalog catalog = catalog(experiment);
    SortedMap<String, String> names = new TreeMap<>();
    experiment
        .getResolvedMap()
        .forEach(
            (reference, artifact) -> {
              if (artifacts.contains(artifact)) {
                name(catalog, reference).ifPresent(name -> names.put(reference, name));
              }
            });
    return names;
  }

  private static Optional<String> name(StoreCatalog catalog, String reference) {
    return catalog
        .modelVersion(reference)
        .map(ModelVersion::getName)
        .or(() -> catalog.datasetVersion(reference).map(DatasetVersion::getName));
  }

  private StoreCatalog catalog(Experiment experiment) {
    return new StoreCatalog(
        new ProjectName(ExperimentName.parse(experiment.getName()).project()),
        models,
        datasets,
        Resolution.of(experiment));
  }

  /**
   * Registers those that the experiment names, each under its own name. A name that the project has
   * already keeps what it stands for.
   *
   * @param experiment of this project
   * @param named what {@link #of} gave in the other installation
   */
  public void adopt(Experiment experiment, JsonNode named) {
    ProjectName project = new ProjectName(ExperimentName.parse(experiment.getName()).project());
    Set<String> artifacts = Set.copyOf(experiment.getResolvedMap().values());
    ListModelsResponse.Builder namedModels = ListModelsResponse.newBuilder();
    ListDatasetsResponse.Builder namedDatasets = ListDatasetsResponse.newBuilder();
    read(named.path(MODELS), namedModels);
    read(named.path(DATASETS), namedDatasets);
    namedModels.getModelsList().stream()
        .filter(version -> artifacts.contains(version.getArtifact()))
        .forEach(version -> models.adopt(project, version));
    namedDatasets.getDatasetsList().stream()
        .filter(version -> artifacts.contains(version.getArtifact()))
        .forEach(version -> datasets.adopt(project, version));
  }

  private static JsonNode json(Message message) {
    try {
      return JSON.readTree(JsonFormat.printer().print(message));
    } catch (InvalidProtocolBufferException | JsonProcessingException e) {
      throw new IllegalStateException("versions have no JSON form", e);
    }
  }

  private static void read(JsonNode json, Message.Builder into) {
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), into);
    } catch (InvalidProtocolBufferException e) {
      throw Refusal.invalid(
          "ARCHIVE_INVALID", "file", "the archive's names cannot be read: " + e.getMessage(), e);
    }
  }
}
