package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.NamedVersions;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.name.StageName;
import dev.kedge.gateway.watch.Watching;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Stages to look at. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class StagePages {
  private final Visit visit;
  private final Frames frames;
  private final Live live;
  private final Experiments experiments;
  private final StageOrigins origins;
  private final Watching watching;
  private final CheckpointViews checkpoints;
  private final NamedVersions versions;

  StagePages(
      Visit visit,
      Frames frames,
      Live live,
      Experiments experiments,
      StageOrigins origins,
      Watching watching,
      CheckpointViews checkpoints,
      NamedVersions versions) {
    this.visit = visit;
    this.frames = frames;
    this.live = live;
    this.experiments = experiments;
    this.origins = origins;
    this.watching = watching;
    this.checkpoints = checkpoints;
    this.versions = versions;
  }

  /** A stage with its parameters, measurements and log. */
  @GET
  @Path("experiments/{experiment}/stages/{stage}")
  public TemplateInstance get(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String id) {
    String name = ExperimentPages.name(project, experiment) + "/stages/" + id;
    LiveStage stage = visit.call("GetStage", name, () -> live(name));
    return Templates.stage(frames.of(project, "experiments"), stage.page());
  }

  /** Leads to the stage that made a model, or to the model that the experiment began with. */
  @GET
  @Path("experiments/{experiment}/checkpoints/{checkpoint}")
  public Response maker(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("checkpoint") String checkpoint) {
    String of = ExperimentPages.name(project, experiment);
    String artifact = "sha256:" + checkpoint;
    Experiment record = visit.call("GetExperiment", of, () -> experiments.get(of));
    return record.getStagesList().stream()
        .filter(CheckpointViews::isModel)
        .filter(stage -> stage.getArtifact().equals(artifact))
        .findFirst()
        .map(stage -> "/" + stage.getName() + "#checkpoint")
        .or(() -> base(record, artifact))
        .map(path -> Response.seeOther(URI.create(path)).build())
        .orElseThrow(
            () ->
                Failures.toStatus(
                    Refusal.notFound(
                        "CHECKPOINT_NOT_FOUND",
                        "no stage of %s made the checkpoint %s".formatted(of, checkpoint))));
  }

  private Optional<String> base(Experiment experiment, String artifact) {
    return visit
        .call(
            "GetModelVersion",
            experiment.getName(),
            () -> versions.names(experiment, Set.of(artifact)))
        .values()
        .stream()
        .findFirst()
        .map(PointPageView::versionPath);
  }

  /**
   * What changes in it.
   *
   * @param seen how it ended, if the browser has seen that
   */
  @GET
  @Path("experiments/{experiment}/stages/{stage}/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  public Multi<OutboundSseEvent> getLive(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String id,
      @QueryParam("seen") @DefaultValue("") String seen,
      @Context Sse events) {
    String of = ExperimentPages.name(project, experiment);
    String name = of + "/stages/" + id;
    return visit.call(
        "WatchExperiment",
        of,
        () ->
            seen.equals(LiveStage.version(stage(name)))
                ? live.ended(seen, events)
                : live.follow(live(name), events));
  }

  private Stage stage(String name) {
    StageName parsed = StageName.parse(name);
    return ExperimentStore.stage(experiments.get(parsed.experiment().toString()), parsed);
  }

  private LiveStage live(String name) {
    return new LiveStage(
        watching.read(StageName.parse(name)), origins, checkpoints, visit.operates(name));
  }
}
