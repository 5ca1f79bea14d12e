package dev.kedge.gateway.pages;

import dev.kedge.gateway.name.ProjectName;
import dev.kedge.gateway.registry.DatasetRegistry;
import dev.kedge.gateway.registry.DatasetSamples;
import dev.kedge.gateway.registry.ModelRegistry;
import dev.kedge.gateway.registry.PreparedDataset;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ListDatasetsResponse;
import dev.kedge.v1.ListModelsRequest;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Models and data sets. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class RegistryPages {
  private final Visit visit;
  private final Frames frames;
  private final ModelRegistry models;
  private final DatasetRegistry datasets;
  private final DatasetSamples samples;

  RegistryPages(
      Visit visit,
      Frames frames,
      ModelRegistry models,
      DatasetRegistry datasets,
      DatasetSamples samples) {
    this.visit = visit;
    this.frames = frames;
    this.models = models;
    this.datasets = datasets;
    this.samples = samples;
  }

  /** The newest version of each model. */
  @GET
  @Path("models")
  public TemplateInstance models(
      @PathParam("project") String project, @QueryParam("after") @DefaultValue("") String after) {
    String parent = "projects/" + project;
    ListModelsResponse answer =
        visit.call(
            "ListModels",
            parent,
            () ->
                models.list(
                    ListModelsRequest.newBuilder().setParent(parent).setPageToken(after).build()));
    return Templates.models(frames.of(project, "models"), answer);
  }

  /** All versions of a model, newest first. */
  @GET
  @Path("models/{model}")
  public TemplateInstance model(
      @PathParam("project") String project, @PathParam("model") String id) {
    String parent = "projects/" + project;
    List<ModelVersion> versions =
        visit.call(
            "GetModelVersion",
            parent + "/models/" + id,
            () -> reversed(models.versions(ProjectName.parse(parent), id)));
    return Templates.model(frames.of(project, "models"), id, versions);
  }

  /** The newest version of each data set. */
  @GET
  @Path("datasets")
  public TemplateInstance datasets(
      @PathParam("project") String project, @QueryParam("after") @DefaultValue("") String after) {
    String parent = "projects/" + project;
    ListDatasetsResponse answer =
        visit.call(
            "ListDatasets",
            parent,
            () ->
                datasets.list(
                    ListDatasetsRequest.newBuilder()
                        .setParent(parent)
                        .setPageToken(after)
                        .build()));
    return Templates.datasets(frames.of(project, "datasets"), answer);
  }

  /** All versions of a data set, newest first, with what was found in them, and samples of one. */
  @GET
  @Path("datasets/{dataset}")
  public TemplateInstance dataset(
      @PathParam("project") String project, @PathParam("dataset") String id) {
    String parent = "projects/" + project;
    List<DatasetView> versions =
        visit.call(
            "GetDatasetVersion",
            parent + "/datasets/" + id,
            () -> versions(ProjectName.parse(parent), id));
    return Templates.dataset(frames.of(project, "datasets"), id, versions);
  }

  private List<DatasetView> versions(ProjectName project, String id) {
    List<DatasetView> views = new ArrayList<>();
    for (DatasetVersion version : reversed(datasets.versions(project, id))) {
      Optional<PreparedDataset> prepared = datasets.prepared(project, version);
      views.add(
          new DatasetView(
              prepared.map(made -> made.tellIn(version)).orElse(version),
              prepared
                  .filter(ignored -> views.stream().noneMatch(DatasetView::isPrepared))
                  .map(made -> samples.of(project, made.artifact()))
                  .orElse(List.of())));
    }
    return views;
  }

  private static <T> List<T> reversed(List<T> oldestFirst) {
    List<T> newestFirst = new ArrayList<>(oldestFirst);
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
