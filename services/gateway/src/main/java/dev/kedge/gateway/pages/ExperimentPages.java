package dev.kedge.gateway.pages;

import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.watch.Watching;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
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
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Experiments to look at. All of a project's pages have one path to their classes. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ExperimentPages {
  private final Visit visit;
  private final Frames frames;
  private final Live live;
  private final Experiments experiments;
  private final ExperimentStore records;
  private final StageOrigins origins;
  private final Watching watching;

  ExperimentPages(
      Visit visit,
      Frames frames,
      Live live,
      Experiments experiments,
      ExperimentStore records,
      StageOrigins origins,
      Watching watching) {
    this.visit = visit;
    this.frames = frames;
    this.live = live;
    this.experiments = experiments;
    this.records = records;
    this.origins = origins;
    this.watching = watching;
  }

  /** A page of a project's experiments, newest first. */
  @GET
  @Path("experiments")
  public TemplateInstance list(
      @PathParam("project") String project,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("after") @DefaultValue("") String after) {
    ListView list = page(project, state, after);
    return Templates.experiments(frames.of(project, "experiments"), list);
  }

  /** What changes in it. */
  @GET
  @Path("experiments/-/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  public Multi<OutboundSseEvent> listLive(
      @PathParam("project") String project,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("after") @DefaultValue("") String after,
      @Context Sse events) {
    return visit.call(
        "ListExperiments",
        "projects/" + project,
        () -> live.follow(new LiveList(() -> listed(project, state, after)), events));
  }

  private ListView page(String project, String state, String after) {
    return visit.call(
        "ListExperiments", "projects/" + project, () -> listed(project, state, after));
  }

  private ListView listed(String project, String state, String after) {
    ListExperimentsResponse answer =
        experiments.listWhole(
            ListExperimentsRequest.newBuilder()
                .setParent("projects/" + project)
                .setFilter(state.isEmpty() ? "" : "state = " + state)
                .setPageToken(after)
                .build());
    return new ListView(
        "/projects/" + project + "/experiments",
        state,
        after,
        answer.getExperimentsList().stream().map(ExperimentView::of).toList(),
        answer.getUnreachableList(),
        answer.getNextPageToken());
  }

  /** An experiment. */
  @GET
  @Path("experiments/{experiment}")
  public TemplateInstance get(
      @PathParam("project") String project, @PathParam("experiment") String id) {
    String name = name(project, id);
    LiveExperiment page = visit.call("GetExperiment", name, () -> live(name));
    Experiment experiment = page.view().experiment();
    return Templates.experiment(
        frames.of(project, "experiments"),
        page.view(),
        page.parked(),
        StageFacts.json(experiment.getSpec()));
  }

  /**
   * What changes in it.
   *
   * @param seen how it ended, if the browser has seen that
   */
  @GET
  @Path("experiments/{experiment}/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  public Multi<OutboundSseEvent> getLive(
      @PathParam("project") String project,
      @PathParam("experiment") String id,
      @QueryParam("seen") @DefaultValue("") String seen,
      @Context Sse events) {
    String name = name(project, id);
    return visit.call(
        "WatchExperiment",
        name,
        () ->
            seen.equals(LiveExperiment.version(experiments.get(name)))
                ? live.ended(seen, events)
                : live.follow(live(name), events));
  }

  private LiveExperiment live(String name) {
    return new LiveExperiment(
        ExperimentName.parse(name), records, watching, origins, visit.operates(name));
  }

  /** Some or all of its stages. */
  @GET
  @Path("experiments/{experiment}/stages")
  public TemplateInstance stages(
      @PathParam("project") String project,
      @PathParam("experiment") String id,
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("state") @DefaultValue("") String state,
      @QueryParam("column") @DefaultValue("") String column) {
    String name = name(project, id);
    ExperimentView view =
        ExperimentView.of(visit.call("GetExperiment", name, () -> experiments.get(name)));
    return Templates.stages(
        frames.of(project, "experiments"),
        view,
        new StagesView(view.stages(), kind, state, column));
  }

  static String name(String project, String experiment) {
    return "projects/%s/experiments/%s".formatted(project, experiment);
  }

  /** A list that is kept up to date. */
  private record LiveList(Supplier<ListView> list) implements LivePage {
    @Override
    public Map<String, String> look() {
      return Map.of("list", Templates.list(list.get()).render());
    }

    @Override
    public Optional<String> end() {
      return Optional.empty();
    }
  }
}
