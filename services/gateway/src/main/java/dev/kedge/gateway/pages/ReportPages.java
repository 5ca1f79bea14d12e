package dev.kedge.gateway.pages;

import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.Reports;
import dev.kedge.report.page.ReportPage;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The answers of experiments: the report's own page within this site, and to take away. */
@Path("/projects/{project}")
@Blocking
public class ReportPages {
  private final Visit visit;
  private final Frames frames;
  private final Experiments experiments;
  private final Reports reports;

  ReportPages(Visit visit, Frames frames, Experiments experiments, Reports reports) {
    this.visit = visit;
    this.frames = frames;
    this.experiments = experiments;
    this.reports = reports;
  }

  /** The report. */
  @GET
  @Path("experiments/{experiment}/report")
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance report(
      @PathParam("project") String project, @PathParam("experiment") String experiment) {
    String name = ExperimentPages.name(project, experiment);
    GetReportResponse answer = get(GetReportRequest.newBuilder().setName(name));
    ExperimentView view =
        ExperimentView.of(visit.call("GetExperiment", name, () -> experiments.get(name)));
    return Templates.report(
        frames.of(project, "experiments"),
        view,
        new RawString(ReportPage.within(answer.getReport(), view.path() + "/points")));
  }

  /** As one file that needs no network. */
  @GET
  @Path("experiments/{experiment}/report.html")
  public Response html(
      @PathParam("project") String project, @PathParam("experiment") String experiment) {
    String name = ExperimentPages.name(project, experiment);
    String page = get(GetReportRequest.newBuilder().setName(name).setHtml(true)).getHtml();
    return file(page, "text/html", experiment + ".html");
  }

  /** As a table for programs. */
  @GET
  @Path("experiments/{experiment}/report.csv")
  public Response csv(
      @PathParam("project") String project, @PathParam("experiment") String experiment) {
    String name = ExperimentPages.name(project, experiment);
    String table = get(GetReportRequest.newBuilder().setName(name).setCsv(true)).getCsv();
    return file(table, "text/csv", experiment + ".csv");
  }

  private GetReportResponse get(GetReportRequest.Builder request) {
    return visit.call("GetReport", request.getName(), () -> reports.get(request.build()));
  }

  private static Response file(String text, String type, String name) {
    return Response.ok(text, type + ";charset=UTF-8")
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .build();
  }
}
