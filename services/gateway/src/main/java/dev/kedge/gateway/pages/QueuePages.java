package dev.kedge.gateway.pages;

import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.system.SystemChecks;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** What waits, what is at work, and what all of it stands on. */
@Path("/projects/{project}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class QueuePages {
  private static final int LARGEST_PAGE = 500;

  private final Visit visit;
  private final Frames frames;
  private final Live live;
  private final Experiments experiments;
  private final SystemChecks checks;

  QueuePages(Visit visit, Frames frames, Live live, Experiments experiments, SystemChecks checks) {
    this.visit = visit;
    this.frames = frames;
    this.live = live;
    this.experiments = experiments;
    this.checks = checks;
  }

  /**
   * The queue.
   *
   * @param look whether the platform is looked at, which takes a while
   */
  @GET
  @Path("queue")
  public TemplateInstance queue(
      @PathParam("project") String project,
      @QueryParam("look") @DefaultValue("false") boolean look) {
    String parent = "projects/" + project;
    QueueView queue = visit.call("ListExperiments", parent, () -> read(parent));
    CheckSystemResponse found =
        look
            ? visit.call(
                "CheckSystem", "", () -> checks.all(CheckSystemRequest.getDefaultInstance()))
            : CheckSystemResponse.getDefaultInstance();
    return Templates.queue(frames.of(project, "queue"), queue, found);
  }

  /** What changes in it. */
  @GET
  @Path("queue/-/live")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  public Multi<OutboundSseEvent> queueLive(
      @PathParam("project") String project, @Context Sse events) {
    String parent = "projects/" + project;
    return visit.call(
        "ListExperiments", parent, () -> live.follow(new LiveQueue(() -> read(parent)), events));
  }

  private QueueView read(String parent) {
    List<Experiment> all = new ArrayList<>();
    var request = ListExperimentsRequest.newBuilder().setParent(parent).setPageSize(LARGEST_PAGE);
    do {
      ListExperimentsResponse page = experiments.listWhole(request.build());
      all.addAll(page.getExperimentsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return QueueView.of(all);
  }

  /** A queue that is kept up to date. */
  private record LiveQueue(Supplier<QueueView> queue) implements LivePage {
    @Override
    public Map<String, String> look() {
      return Map.of("lanes", Templates.lanes(queue.get()).render());
    }

    @Override
    public Optional<String> end() {
      return Optional.empty();
    }
  }
}
