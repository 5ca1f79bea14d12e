package dev.kedge.gateway.experiments;

import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.name.VersionReference;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.plan.Catalog;
import dev.kedge.plan.Resolution;
import dev.kedge.plan.Workload;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.store.Digest;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ModelVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A project's models and data sets as one launch sees them: every name is looked up once. */
final class StoreCatalog implements Catalog {
  private final ProjectName project;
  private final ModelRegistry registeredModels;
  private final DatasetRegistry registeredDatasets;
  private final Resolution kept;
  private final Map<String, Optional<Model>> models = new HashMap<>();
  private final Map<String, Optional<Dataset>> datasets = new HashMap<>();

  StoreCatalog(ProjectName project, ModelRegistry models, DatasetRegistry datasets) {
    this(project, models, datasets, new Resolution(Map.of(), Map.of()));
  }

  /**
   * As a fork sees them.
   *
   * @param kept names that stand for what they stood for before
   */
  StoreCatalog(
      ProjectName project, ModelRegistry models, DatasetRegistry datasets, Resolution kept) {
    this.project = project;
    this.kept = kept;
    this.registeredModels = models;
    this.registeredDatasets = datasets;
  }

  @Override
  public Optional<Model> model(String reference) {
    return models.computeIfAbsent(
        reference,
        name ->
            modelVersion(name)
                .map(
                    found ->
                        new Model(found.getArtifact(), found.getFamily(), found.getParameters())));
  }

  @Override
  public Optional<Dataset> dataset(String reference) {
    return datasets.computeIfAbsent(
        reference, name -> datasetVersion(name).map(StoreCatalog::dataset));
  }

  /** The registered model that a reference stands for. */
  Optional<ModelVersion> modelVersion(String reference) {
    return VersionReference.of("models", reference)
        .flatMap(parsed -> modelVersion(reference, parsed));
  }

  /** The registered data set that a reference stands for. */
  Optional<DatasetVersion> datasetVersion(String reference) {
    return VersionReference.of("datasets", reference)
        .flatMap(parsed -> datasetVersion(reference, parsed));
  }

  private Optional<ModelVersion> modelVersion(String reference, VersionReference parsed) {
    String before = kept.digests().get(reference);
    return before == null
        ? registeredModels.find(project, parsed)
        : registeredModels.find(project, parsed.id(), before);
  }

  private Optional<DatasetVersion> datasetVersion(String reference, VersionReference parsed) {
    return kept.digests().containsKey(reference)
        ? registeredDatasets.find(project, parsed.id(), version -> isKept(reference, version))
        : registeredDatasets.find(project, parsed);
  }

  private boolean isKept(String reference, DatasetVersion version) {
    return version.getArtifact().equals(kept.digests().get(reference))
        && version.getFormat().equals(kept.format(reference).name())
        && version.getColumnsMap().equals(kept.columns(reference));
  }

  /** What a registered model's configuration says; empty where there is no such model. */
  Optional<ModelOutline> outline(String reference) {
    return model(reference)
        .map(found -> Digest.parse(found.artifact()))
        .map(artifact -> ModelOutline.of(registeredModels.config(project, artifact)));
  }

  private static Dataset dataset(DatasetVersion version) {
    return new Dataset(
        version.getArtifact(),
        PrepareSpec.Format.valueOf(version.getFormat()),
        version.getClassesList(),
        version.getFieldsList(),
        version.getColumnsMap(),
        version.getShares(),
        version.getRecords());
  }

  /** What everything takes that was looked up. */
  Workload.Sizes sizes() {
    Map<String, Long> sizes = new HashMap<>();
    models.values().forEach(found -> found.ifPresent(m -> sizes.put(m.artifact(), m.parameters())));
    datasets.values().forEach(found -> found.ifPresent(d -> sizes.put(d.artifact(), d.records())));
    return artifact -> sizes.getOrDefault(artifact, 0L);
  }

  /** The artifact that a reference stands for. */
  Optional<String> artifact(String reference) {
    return reference.startsWith("models/")
        ? model(reference).map(Model::artifact)
        : dataset(reference).map(Dataset::artifact);
  }
}
