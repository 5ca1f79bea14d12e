package dev.kedge.gateway.pages;

import dev.kedge.gateway.Failures;
import dev.kedge.gateway.Refusal;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.name.StageName;
import dev.kedge.gateway.watch.Watching;
import dev.kedge.v1.Stage;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.Collections;
import java.util.SortedMap;
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

  StagePages(
      Visit visit,
      Frames frames,
      Live live,
      Experiments experiments,
      StageOrigins origins,
      Watching watching,
      CheckpointViews checkpoints) {
    this.visit = visit;
    this.frames = frames;
    this.live = live;
    this.experiments = experiments;
    this.origins = origins;
    this.watching = watching;
    this.checkpoints = checkpoints;
  }

  /** A stage with its parameters, measurements and log. */
  @GET
  @Path("experiments/{experiment}/stages/{stage}")
  public TemplateInstance get(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String id) {
    String of = ExperimentPages.name(project, experiment);
    String name = of + "/stages/" + id;
    Stage stage = visit.call("GetStage", name, () -> origins.get(name));
    LiveStage said = visit.call("WatchExperiment", of, () -> live(name));
    ExperimentView view =
        ExperimentView.of(visit.call("GetExperiment", of, () -> experiments.get(of)));
    StageView shown = new StageView(stage, said.view().progress());
    boolean operates = visit.operates(name) && shown.isRetriable();
    SortedMap<String, String> parameters =
        operates
            ? visit.call("GetStage", name, () -> origins.changeable(name))
            : Collections.emptySortedMap();
    return Templates.stage(
        frames.of(project, "experiments"),
        new StagePageView(
            shown,
            view,
            operates,
            parameters,
            said.curves(),
            said.lines(),
            checkpoints.of(view, stage)));
  }

  /** Leads to the stage that made a model. */
  @GET
  @Path("experiments/{experiment}/checkpoints/{checkpoint}")
  public Response maker(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("checkpoint") String checkpoint) {
    String of = ExperimentPages.name(project, experiment);
    return visit.call("GetExperiment", of, () -> experiments.get(of)).getStagesList().stream()
        .filter(CheckpointViews::isModel)
        .filter(stage -> stage.getArtifact().equals("sha256:" + checkpoint))
        .findFirst()
        .map(stage -> Response.seeOther(URI.create("/" + stage.getName() + "#checkpoint")).build())
        .orElseThrow(
            () ->
                Failures.toStatus(
                    Refusal.notFound(
                        "CHECKPOINT_NOT_FOUND",
                        "no stage of %s made the checkpoint %s".formatted(of, checkpoint))));
  }

  /** What changes in it. */
  @GET
  @Path("experiments/{experiment}/stages/{stage}/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  public Multi<OutboundSseEvent> getLive(
      @PathParam("project") String project,
      @PathParam("experiment") String experiment,
      @PathParam("stage") String id,
      @Context Sse events) {
    String of = ExperimentPages.name(project, experiment);
    String name = of + "/stages/" + id;
    return visit.call("WatchExperiment", of, () -> live.follow(live(name), events));
  }

  private LiveStage live(String name) {
    return new LiveStage(watching.read(StageName.parse(name)));
  }
}
