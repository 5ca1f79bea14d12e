package dev.kedge.gateway.pages;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** The first page. */
@Path("/")
@Blocking
public class Home {
  /** Where the command works as well, unless it is told otherwise. */
  private static final String USUAL_PROJECT = "default";

  private final Frames frames;

  Home(Frames frames) {
    this.frames = frames;
  }

  /** Leads to the project that the command uses, or to one that is there. */
  @GET
  public Response lead() {
    List<String> projects = frames.projects();
    String project =
        projects.isEmpty() || projects.contains(USUAL_PROJECT) ? USUAL_PROJECT : projects.get(0);
    return Response.seeOther(URI.create("/projects/" + project + "/experiments")).build();
  }
}
